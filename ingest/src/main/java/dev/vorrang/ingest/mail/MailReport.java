package dev.vorrang.ingest.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a mail that is built as a report (RFC 6522) tells. */
enum MailReport {
    /** No report. */
    NONE,
    /** A mail could not be delivered, or not yet (RFC 3464). */
    DELIVERY_FAILURE,
    /** A mail arrived or was read (RFC 3464, RFC 8098). */
    RECEIPT,
    /** About many mails: complaints (RFC 5965), TLS (RFC 8460), DMARC (RFC 7489). */
    OTHER;

    private static final int MAX_STATUS_BYTES = 64 * 1024;
    private static final Pattern ACTION = Pattern.compile("(?m)^action:[ \t]*([a-z]+)");

    static MailReport of(Part root, byte[] bytes) {
        Optional<Part> status = root.children().stream()
                .filter(part -> part.is("message/delivery-status") || part.is("message/global-delivery-status"))
                .findFirst();
        if (status.isPresent()) {
            return delivery(status.get(), bytes);
        }
        // Not the type of the part, which is another where the report is damaged.
        ContentHeader type =
                ContentHeader.parse(root.headers().first("content-type").orElse(""));
        if (!type.value().equals("multipart/report")) {
            return root.headers().first("tls-report-domain").isPresent() ? OTHER : NONE;
        }
        return switch (type.parameter("report-type").orElse("").toLowerCase(Locale.ROOT)) {
            case "disposition-notification" -> RECEIPT;
            case "feedback-report", "tlsrpt", "dmarc" -> OTHER;
            default -> DELIVERY_FAILURE;
        };
    }

    private static MailReport delivery(Part status, byte[] bytes) {
        Matcher action = ACTION.matcher(text(status, bytes).toLowerCase(Locale.ROOT));
        boolean arrived = false;
        while (action.find()) {
            switch (action.group(1)) {
                case "delivered", "relayed", "expanded" -> arrived = true;
                default -> {
                    return DELIVERY_FAILURE;
                }
            }
        }
        return arrived ? RECEIPT : DELIVERY_FAILURE;
    }

    private static String text(Part part, byte[] bytes) {
        try {
            byte[] content = part.encoding().read(bytes, part.from(), part.to(), MAX_STATUS_BYTES);
            return new String(content, StandardCharsets.ISO_8859_1);
        } catch (IOException | RuntimeException e) {
            // Broken encoding: it is a report about a delivery all the same.
            return "";
        }
    }
}
