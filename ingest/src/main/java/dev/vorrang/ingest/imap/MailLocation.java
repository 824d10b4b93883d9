package dev.vorrang.ingest.imap;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a mail was when it was read, from its source (see {@code EmailMessage.source}).
 *
 * @param user login name of the mailbox
 * @param folder full name
 */
public record MailLocation(String user, String folder, long uidValidity, long uid) {

    private static final Pattern SOURCE =
            Pattern.compile("imap://([^/@]*)@[^/@]*/(.*);UIDVALIDITY=(\\d{1,10})/;UID=(\\d{1,10})");

    /** @return empty if the mail was not read from an IMAP server */
    public static Optional<MailLocation> parse(String source) {
        var parts = SOURCE.matcher(source);
        return parts.matches()
                ? Optional.of(new MailLocation(
                        decode(parts.group(1)),
                        decode(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        Long.parseLong(parts.group(4))))
                : Optional.empty();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
