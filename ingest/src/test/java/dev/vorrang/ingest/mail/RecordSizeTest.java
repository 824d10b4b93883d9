package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No mail gives a record that a Kafka producer refuses with its default settings (max.request.size of 1 MiB). The longest there can
 * be has every field at its limit, in characters of three bytes: those of four take two characters each.
 */
class RecordSizeTest {

    /** All limits but the time, which a busy machine must not let decide what is read. */
    private static final MailDecoder DECODER = decoder(DecoderLimits.defaults().textCharacters());

    @ParameterizedTest
    @CsvSource({"€, UTF-8", "€, windows-1252", "語, UTF-8", "😀, UTF-8", "é, windows-1252", "a, US-ASCII"})
    void shouldStayWithinAMegabyteWithEveryFieldTooLong(String character, String charset) {
        EmailMessage record =
                Records.decode(DECODER, Records.raw(new HugeMail(character, Charset.forName(charset), 70_000).bytes()));

        assertThat(record.getParseStatus()).isEqualTo(ParseStatus.LIMIT);
        assertThat(record.getSubject()).contains(character);
        assertThat(record.getFrom()).isNotEmpty();
        assertThat(record.getText()).hasSizeGreaterThan(65_000);
        assertThat(record.getQuoted()).hasSizeGreaterThan(65_000);
        assertThat(record.getSignature()).hasSizeGreaterThan(65_000);
        assertThat(record.getAttachments()).hasSizeGreaterThan(100);
        assertThat(record.getParseNotes()).hasSizeGreaterThan(5);
        assertThat(Records.size(record)).isLessThan(Records.MAX_BYTES);
    }

    @Test
    void shouldPromiseNotMuchMoreThanTheLongestRecordHas() {
        EmailMessage record =
                Records.decode(DECODER, Records.raw(new HugeMail("€", StandardCharsets.UTF_8, 70_000).bytes()));
        assertThat(Records.size(record)).isBetween(850_000, Records.MAX_BYTES);
    }

    @Test
    void shouldGrowByNineBytesForEachCharacterOfTheTextLimit() {
        int limit = 200_000;
        EmailMessage record = Records.decode(
                decoder(limit), Records.raw(new HugeMail("€", StandardCharsets.UTF_8, limit + 10_000).bytes()));
        int rest = Records.MAX_BYTES - 9 * DecoderLimits.defaults().textCharacters();
        assertThat(Records.size(record)).isBetween(9 * limit, 9 * limit + rest);
    }

    @Test
    void shouldCutTheNameOfAnAttachmentAndSaySo() {
        EmailMessage record = Records.decode(
                "Content-Type: application/" + "x".repeat(300) + "; name=\"" + "n".repeat(300) + ".pdf\"", "", "bytes");
        assertThat(record.getAttachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.getName()).isEqualTo("n".repeat(255));
            assertThat(attachment.getType()).hasSize(255);
        });
        assertThat(record.getParseStatus()).isNotEqualTo(ParseStatus.OK);
        assertThat(record.getParseNotes())
                .anySatisfy(note -> assertThat(note).contains("name of an attachment", "255"));
    }

    private static MailDecoder decoder(int textCharacters) {
        DecoderLimits limits = DecoderLimits.defaults();
        return new MailDecoder(
                new DecoderLimits(
                        limits.depth(), limits.parts(), limits.headerBytes(), textCharacters, Duration.ofMinutes(1)),
                Clock.fixed(Records.NOW, ZoneOffset.UTC));
    }

    /**
     * A mail with more than allowed of everything.
     *
     * @param character what fills the fields
     * @param charset of text and, unmarked, of the headers
     * @param textCharacters UTF-16 units of each of text, quotation and signature
     */
    private record HugeMail(String character, Charset charset, int textCharacters) {

        byte[] bytes() {
            StringBuilder mail = new StringBuilder();
            for (String name : List.of("From", "To", "Cc", "Reply-To")) {
                for (int i = 0; i < 19; i++) {
                    mail.append(name)
                            .append(": \"")
                            .append(fill(900))
                            .append("\" <a")
                            .append(i)
                            .append("@example.org>\n");
                }
            }
            for (String name : List.of("Subject", "References", "Message-ID")) {
                mail.append(name).append(": ").append(fill(9_000)).append('\n');
            }
            mail.append("Content-Type: multipart/mixed; boundary=b\n");
            for (int i = 0; i < 30; i++) {
                // A note each.
                mail.append("\n--b\nContent-Type: text/plain; charset=x")
                        .append(i)
                        .append(fill(300))
                        .append("\n\n.\n");
            }
            mail.append("\n--b\nContent-Type: text/plain; charset=")
                    .append(charset)
                    .append("\n\nnew ")
                    .append(fill(textCharacters))
                    .append("\n-- \nsigned ")
                    .append(fill(textCharacters))
                    .append("\n> quoted ")
                    .append(fill(textCharacters))
                    .append('\n');
            for (int i = 0; i < 1_000; i++) {
                mail.append("\n--b\nContent-Type: application/")
                        .append(fill(300))
                        .append(i)
                        .append("; name=\"")
                        .append(fill(3_000))
                        .append(i)
                        .append("\"\n\nbytes\n");
            }
            return mail.append("\n--b--\n").toString().getBytes(charset);
        }

        private String fill(int units) {
            return character.repeat(units / character.length());
        }
    }
}
