package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.mail.MailText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonWordsTest {

    @Test
    void shouldTellWordsOfSeveralMailsTheCommonestFirst() {
        var mails = new ArrayList<MailText>();
        for (int mail = 0; mail < CommonWords.FEWEST_MAILS; mail++) {
            mails.add(new MailText("Toner" + "x".repeat(mail), "the toner of the " + (mail == 0 ? "end" : "Größe")));
            mails.add(new MailText("the", mail == 0 ? "größe" : "größe scarce"));
        }
        assertThat(of(mails)).containsExactly("the", "größe", "of", "toner");
    }

    @Test
    void shouldKnowNoneOfMailsWithoutAny() {
        assertThat(of(List.of(new MailText("", ""), new MailText("alone", "")))).isEmpty();
    }

    @Test
    void shouldTakeNoMoreRoomThanThereIs() {
        var mails = new ArrayList<MailText>();
        for (int mail = 0; mail < 200 * CommonWords.FEWEST_MAILS; mail++) {
            var body = new StringBuilder("common ");
            for (int word = 0; word < 100; word++) {
                body.append((char) ('a' + mail % 200 / 26))
                        .append((char) ('a' + mail % 200 % 26))
                        .append("word")
                        .append((char) ('a' + word / 26))
                        .append((char) ('a' + word % 26))
                        .append(' ');
            }
            mails.add(new MailText("", body.toString()));
        }
        // 200 mails, each often enough, with 100 words of 8 characters each.
        List<String> words = CommonWords.of(mails, SmallNetwork.LIMITS);
        assertThat(words).startsWith("common").hasSize(1 + (CommonWords.MOST_BYTES - 8) / 10);
    }

    /** Data sets stand one behind the other. */
    @Test
    void shouldLookAtMailsFromBeginningToEnd() {
        var mails = new ArrayList<MailText>();
        for (int mail = 0; mail <= 2 * CommonWords.ENOUGH_MAILS; mail++) {
            mails.add(new MailText("", mail < CommonWords.ENOUGH_MAILS ? "early" : mail < 99_000 ? "middle" : "late"));
        }
        assertThat(CommonWords.of(mails, SmallNetwork.LIMITS)).containsExactly("early", "middle", "late");
    }

    private static List<String> of(List<MailText> mails) {
        return CommonWords.of(mails, SmallNetwork.LIMITS);
    }
}
