package dev.vorrang.console.view;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which records of a stream to show.
 *
 * @param stream name of the stream
 * @param types of the records, such as {@code MailScore}; empty for the stream's first
 * @param text words that must be found; empty for any
 * @param filters by facet the values of which one must be there, or {@link #ANY}; a value that starts with {@code !} must not
 * @param status of the desk; empty for any
 * @param holder who holds it
 * @param from earliest time of the record
 * @param to time of the record, exclusive
 * @param sort order
 * @param fold whether similar records are one line
 * @param after where the page before ended, as {@link RecordPage#next}
 * @param limit records of the page, 1 to 500
 */
public record RecordQuery(
        String stream,
        Set<String> types,
        String text,
        Map<String, Set<String>> filters,
        Set<DeskView.Status> status,
        Optional<String> holder,
        Optional<Instant> from,
        Optional<Instant> to,
        Sort sort,
        boolean fold,
        Optional<String> after,
        int limit) {

    /** In a filter: whatever value, but one. */
    public static final String ANY = "*";

    /** Largest page. */
    public static final int MAX_LIMIT = 500;

    /** In which order; of equals the older first. */
    public enum Sort {
        /** The most pressing first: by severity, then by rank. */
        PRIORITY,
        NEWEST,
        OLDEST
    }

    public RecordQuery {
        types = Set.copyOf(types);
        filters = Map.copyOf(filters);
        status = Set.copyOf(status);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + ": allowed are 1 to " + MAX_LIMIT);
        }
    }

    /** The same for a later page. */
    RecordQuery after(String next) {
        return new RecordQuery(
                stream, types, text, filters, status, holder, from, to, sort, fold, Optional.of(next), limit);
    }
}
