package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.mail.MailText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonWordsTest {

    @Test
    void shouldTellWordsOfSeveralMailsTheCommonestFirst() {
        assertThat(of(
                        new MailText("Toner", "the toner is empty, toner toner"),
                        new MailText("", "the Größe is wrong"),
                        new MailText("größe", "the end")))
                .containsExactly("the", "größe", "is");
    }

    @Test
    void shouldKnowNoneOfMailsWithoutAny() {
        assertThat(of(new MailText("", ""), new MailText("alone", ""))).isEmpty();
    }

    @Test
    void shouldTakeNoMoreRoomThanThereIs() {
        var mails = new ArrayList<MailText>();
        for (int mail = 0; mail < 400; mail++) {
            var body = new StringBuilder("common ");
            for (int word = 0; word < 100; word++) {
                body.append((char) ('a' + mail / 2 / 26))
                        .append((char) ('a' + mail / 2 % 26))
                        .append("word")
                        .append((char) ('a' + word / 26))
                        .append((char) ('a' + word % 26))
                        .append(' ');
            }
            mails.add(new MailText("", body.toString()));
        }
        // 200 mails twice, with 100 words of 8 characters each.
        List<String> words = CommonWords.of(mails, SmallNetwork.LIMITS);
        assertThat(words).startsWith("common").hasSize(1 + (CommonWords.MOST_BYTES - 8) / 10);
    }

    /** Data sets stand one behind the other. */
    @Test
    void shouldLookAtMailsFromBeginningToEnd() {
        var mails = new ArrayList<MailText>();
        for (int mail = 0; mail < 60_001; mail++) {
            mails.add(new MailText("", mail < 30_000 ? "early" : mail < 59_000 ? "middle" : "late"));
        }
        assertThat(CommonWords.of(mails, SmallNetwork.LIMITS)).containsExactly("early", "middle", "late");
    }

    private static List<String> of(MailText... mails) {
        return CommonWords.of(List.of(mails), SmallNetwork.LIMITS);
    }
}
