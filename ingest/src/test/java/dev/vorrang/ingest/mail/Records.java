package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.EmailMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Decodes mails in tests, and checks what holds for every record. */
final class Records {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    /** Most bytes of a record with the default limits; a producer takes 1,048,576 with key and headers. */
    static final int MAX_BYTES = 950_000;

    private static final MailDecoder DECODER =
            new MailDecoder(DecoderLimits.defaults(), Clock.fixed(NOW, ZoneOffset.UTC));

    private Records() {}

    /** A mail of these lines, which get CRLF as their ends. */
    static RawMail mail(String... lines) {
        return raw(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    static RawMail raw(byte[] bytes) {
        return new RawMail(bytes, "file:///mail", NOW.minusSeconds(60), 1);
    }

    static EmailMessage decode(String... lines) {
        return decode(mail(lines));
    }

    static EmailMessage decode(RawMail mail) {
        EmailMessage record = decode(DECODER, mail);
        assertThat(size(record)).isLessThan(MAX_BYTES);
        return record;
    }

    /** Bytes of the record in Avro. */
    static int size(EmailMessage record) {
        try {
            return EmailMessage.getEncoder().encode(record).remaining();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EmailMessage decode(MailDecoder decoder, RawMail mail) {
        EmailMessage record = decoder.decode(mail);
        assertSound(record);
        return record;
    }

    static String wholeText(RawMail mail) {
        return DECODER.wholeText(mail);
    }

    /** Encodes to Avro and back without a change, which a lone surrogate would not; no NUL, no line break in one-line fields. */
    static void assertSound(EmailMessage record) {
        try {
            EmailMessage copy =
                    EmailMessage.getDecoder().decode(EmailMessage.getEncoder().encode(record));
            assertThat(copy).isEqualTo(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(record.toString()).doesNotContain("\\u0000").doesNotContain("\0");
        assertThat(record.getSubject()).doesNotContainPattern("\\p{Cntrl}");
        assertThat(record.getFrom()).allSatisfy(from -> assertThat(from.getAddress() + from.getName())
                .doesNotContainPattern("\\p{Cntrl}"));
    }
}
