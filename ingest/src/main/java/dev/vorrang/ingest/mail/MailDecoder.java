package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import dev.vorrang.schemas.TextOrigin;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decodes mails (RFC 5322, MIME) to records. Never throws on any bytes. Thread-safe. */
public final class MailDecoder {
    private final DecoderLimits limits;
    private final Clock clock;

    public MailDecoder(DecoderLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Decodes a mail; whatever cannot be read is left out and noted. */
    public EmailMessage decode(RawMail mail) {
        String id = MailId.of(mail);
        Instant now = clock.instant();
        EmailMessage.Builder record = EmailMessage.newBuilder()
                .setId(id)
                .setThread(id)
                .setSource(mail.source())
                .setReceivedAt(mail.receivedAt().isAfter(now) ? now : mail.receivedAt())
                .setSize(mail.bytes().length);
        try {
            MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(mail.bytes()));
            record.setSubject(message.getSubject() == null ? "" : message.getSubject());
            if (message.getMessageID() != null) {
                record.setMessageId(message.getMessageID().replaceAll("[<>]", ""));
                record.setThread(record.getMessageId());
            }
            record.setFrom(addresses(message));
            if (message.getContent() instanceof String text) {
                record.setText(text.substring(0, Math.min(text.length(), limits.textCharacters())))
                        .setTextOrigin(TextOrigin.PLAIN);
            }
        } catch (MessagingException | IOException e) {
            record.setParseStatus(ParseStatus.DAMAGED).setParseNotes(List.of(String.valueOf(e.getMessage())));
        }
        return record.build();
    }

    private static List<Address> addresses(MimeMessage message) throws MessagingException {
        List<Address> found = new ArrayList<>();
        if (message.getFrom() != null) {
            for (var address : message.getFrom()) {
                if (address instanceof InternetAddress internet) {
                    found.add(new Address(internet.getPersonal(), internet.getAddress()));
                }
            }
        }
        return found;
    }
}
