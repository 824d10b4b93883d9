package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.Automatic;
import java.util.Locale;

/** Tells mail that a program sent from mail that a person wrote, by header fields alone. */
final class AutomaticMail {
    private AutomaticMail() {}

    /**
     * The kind of automatic mail: delivery reports (RFC 3464), replies (RFC 3834 and what came before it), lists (RFC 2919), other
     * bulk. The first that applies counts, because a vacation notice to a list carries the list's fields too.
     */
    static Automatic kind(HeaderBlock headers) {
        String autoSubmitted = word(headers, "auto-submitted");
        String precedence = word(headers, "precedence");
        // Not the type of the part, which is another where the report is damaged.
        ContentHeader type = ContentHeader.parse(headers.first("content-type").orElse(""));
        String report = type.parameter("report-type").orElse("").toLowerCase(Locale.ROOT);
        boolean isReport = type.value().equals("multipart/report");
        if ((isReport && !report.equals("disposition-notification"))
                || headers.first("x-failed-recipients").isPresent()) {
            return Automatic.BOUNCE;
        }
        if (isReport
                || autoSubmitted.equals("auto-replied")
                || precedence.equals("auto_reply")
                || isYes(word(headers, "x-autoreply"))
                || isYes(word(headers, "x-autorespond"))) {
            return Automatic.AUTO_REPLY;
        }
        String from = headers.first("from").orElse("").toLowerCase(Locale.ROOT);
        if (headers.first("return-path").map(AutomaticMail::isNullPath).orElse(false)
                || from.contains("mailer-daemon@")) {
            return Automatic.BOUNCE;
        }
        if (headers.first("list-id").isPresent()
                || headers.first("list-post").isPresent()
                || headers.first("mailing-list").isPresent()
                || precedence.equals("list")) {
            return Automatic.LIST;
        }
        if (precedence.equals("bulk")
                || precedence.equals("junk")
                || headers.first("list-unsubscribe").isPresent()
                || !(autoSubmitted.isEmpty() || autoSubmitted.equals("no"))) {
            return Automatic.BULK;
        }
        return Automatic.NONE;
    }

    private static boolean isYes(String value) {
        return !value.isEmpty() && !value.equals("no") && !value.equals("false");
    }

    private static boolean isNullPath(String path) {
        return path.replace(" ", "").equals("<>");
    }

    /** The first word of a field in lower case, without parameters and comments; empty if there is none. */
    private static String word(HeaderBlock headers, String name) {
        String value = headers.first(name).orElse("").strip().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < value.length() && " \t;(".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return value.substring(0, end);
    }
}
