package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.TextOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How far the decoder agrees with five others on mails from three parsers' test suites. */
class MailCorpusTest {
    private final MailDecoder decoder = new MailDecoder(DecoderLimits.defaults(), Clock.systemUTC());

    /** Agreement on one field, in rows. */
    private static final class Tally {
        private final String field;
        private final List<String> misses = new ArrayList<>();
        private int rows;

        Tally(String field) {
            this.field = field;
        }

        void add(String id, Object expected, Object actual) {
            rows++;
            if (!expected.equals(actual)) {
                misses.add(id + "\n   expected " + expected + "\n   actual   " + actual);
            }
        }

        double share() {
            return 1 - (double) misses.size() / rows;
        }

        @Override
        public String toString() {
            return "%s: %d of %d rows (%.2f %%)%s"
                    .formatted(
                            field,
                            rows - misses.size(),
                            rows,
                            100 * share(),
                            misses.isEmpty() ? "" : "\n" + String.join("\n", misses));
        }
    }

    @Test
    void shouldAgreeWithFiveOtherDecoders() throws IOException {
        Path corpus = MailCorpus.require("mail-corpus");
        Tally subjects = new Tally("subject");
        Tally senders = new Tally("from");
        Tally texts = new Tally("text");
        for (JsonNode row : MailCorpus.jsonLines(corpus.resolve("consensus.jsonl"))) {
            RawMail raw = MailCorpus.mail(corpus.resolve(row.get("id").asText()));
            EmailMessage mail = decoder.decode(raw);
            String id = row.get("id").asText();
            if (row.get("subject_usable").asBoolean()) {
                subjects.add(id, normalised(row.get("subject")), normalised(mail.getSubject()));
            }
            if (row.get("from_usable").asBoolean()) {
                senders.add(id, addresses(row.get("from")), addresses(mail.getFrom()));
            }
            if (row.get("text_usable").asBoolean()) {
                texts.add(id, normalised(row.get("text")), plainText(mail, raw));
            }
        }
        System.out.println(subjects + "\n" + senders + "\n" + texts);
        assertThat(subjects.share()).as("%s", subjects).isGreaterThanOrEqualTo(0.995);
        assertThat(senders.share()).as("%s", senders).isGreaterThanOrEqualTo(0.995);
        assertThat(texts.share()).as("%s", texts).isGreaterThanOrEqualTo(0.995);
    }

    /** The others read text/plain parts alone: what was taken from HTML or guessed to be text is not theirs to judge. */
    private String plainText(EmailMessage mail, RawMail raw) {
        return mail.getTextOrigin() == TextOrigin.PLAIN ? normalised(decoder.wholeText(raw)) : "";
    }

    private static String normalised(JsonNode text) {
        return normalised(text.isNull() ? "" : text.asText());
    }

    private static String normalised(String text) {
        return text.replaceAll("[\\s\\u00A0]+", " ").strip();
    }

    private static Set<String> addresses(JsonNode addresses) {
        Set<String> found = new TreeSet<>();
        addresses.forEach(address -> found.add(address.asText().toLowerCase(Locale.ROOT)));
        return found;
    }

    private static Set<String> addresses(List<Address> addresses) {
        Set<String> found = new TreeSet<>();
        addresses.forEach(address -> found.add(address.getAddress().toLowerCase(Locale.ROOT)));
        return found;
    }
}
