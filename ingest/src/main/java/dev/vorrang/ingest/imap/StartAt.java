package dev.vorrang.ingest.imap;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Where the reading of a folder begins when it was never read before. Later starts go on where the last one ended. */
public sealed interface StartAt {

    /** What a setting may say. */
    String ALLOWED = "all, new, a date such as 2026-01-31 (UTC) or a time such as 2026-01-31T08:00:00Z";

    /** With the oldest mail in the folder. */
    record All() implements StartAt {}

    /** With the first mail that comes after the folder was opened for the first time. */
    record New() implements StartAt {}

    /**
     * With the mails that the mailbox took in (INTERNALDATE) at a time or later.
     *
     * @param time earliest time
     */
    record Since(Instant time) implements StartAt {}

    /** @throws IllegalArgumentException if the text is none of {@link #ALLOWED} */
    static StartAt parse(String text) {
        var word = text.strip();
        switch (word.toLowerCase(Locale.ROOT)) {
            case "all":
                return new All();
            case "new":
                return new New();
            default:
                try {
                    return new Since(
                            word.indexOf('T') < 0
                                    ? LocalDate.parse(word).atStartOfDay().toInstant(ZoneOffset.UTC)
                                    : OffsetDateTime.parse(word).toInstant());
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException("'" + text + "' is no start; allowed: " + ALLOWED, e);
                }
        }
    }
}
