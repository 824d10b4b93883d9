package dev.vorrang.app.streams.mail;

import dev.vorrang.app.bench.RecordNumber;
import dev.vorrang.app.streams.mail.demo.DemoMails;
import dev.vorrang.schemas.EmailMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Mails in great variety: the demo's, of which each takes over up to four sentences of others and has other figures wherever it has
 * figures. Three have a thread in common, on average. The same seed gives the same mails, but for their times.
 */
public final class MailSamples {

    private static final int MOST_SENTENCES_TAKEN = 4;
    private static final int MAILS_OF_A_THREAD = 3;
    /** Threads are numbered from here, so that none has the number of a mail. */
    private static final long FIRST_THREAD = 1L << 62;

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");

    private MailSamples() {}

    public static List<EmailMessage> of(int count, long seed, Clock clock) {
        List<EmailMessage> originals = DemoMails.decoded(clock);
        List<String> sentences = originals.stream()
                .flatMap(mail -> SENTENCE_END.splitAsStream(mail.getText()))
                .filter(sentence -> !sentence.isBlank())
                .toList();
        var random = new Random(seed);
        var mails = new ArrayList<EmailMessage>();
        for (int i = 0; i < count; i++) {
            EmailMessage original = originals.get(random.nextInt(originals.size()));
            var text = new StringBuilder(original.getText());
            for (int taken = random.nextInt(MOST_SENTENCES_TAKEN + 1); taken > 0; taken--) {
                text.append(' ').append(sentences.get(random.nextInt(sentences.size())));
            }
            mails.add(EmailMessage.newBuilder(original)
                    .setId(RecordNumber.id(i))
                    .setThread(RecordNumber.id(FIRST_THREAD + random.nextInt(count / MAILS_OF_A_THREAD + 1)))
                    .setSubject(otherFigures(original.getSubject(), random))
                    .setText(otherFigures(text.toString(), random))
                    .build());
        }
        return List.copyOf(mails);
    }

    private static String otherFigures(String text, Random random) {
        return text.chars()
                .map(character -> character >= '0' && character <= '9' ? '0' + random.nextInt(10) : character)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
