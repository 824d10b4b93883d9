package dev.vorrang.app.priority;

import dev.vorrang.ingest.mail.DecoderLimits;
import dev.vorrang.ingest.mail.MailDecoder;
import dev.vorrang.ingest.mail.RawMail;
import dev.vorrang.schemas.EmailMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;

/**
 * A mail before it is sent.
 *
 * @param subject any text
 * @param body any text; HTML if html is true
 * @param html whether the body is HTML
 * @param headers further header lines, each with its end of line
 */
record Draft(String subject, String body, boolean html, String headers) {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final MailDecoder DECODER =
            new MailDecoder(DecoderLimits.defaults(), Clock.fixed(NOW, ZoneOffset.UTC));

    static Draft of(String subject, String body) {
        return new Draft(subject, body, false, "");
    }

    Draft with(String otherSubject, String otherBody) {
        return new Draft(otherSubject, otherBody, html, headers);
    }

    /** As it arrives: written as a mail and decoded. */
    EmailMessage received() {
        String mail = "From: anna@example.org\r\nSubject: =?UTF-8?B?" + base64(subject) + "?=\r\n" + headers
                + "Content-Type: text/" + (html ? "html" : "plain") + "; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n" + base64(body) + "\r\n";
        return DECODER.decode(new RawMail(mail.getBytes(StandardCharsets.US_ASCII), "file:///mail", NOW, 1));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
