package dev.vorrang.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What was scored, and what people did about it. Thread-safe. */
public interface RecordStore {

    /**
     * A page of records.
     *
     * @throws IllegalArgumentException if the query has a field, type or cursor that is not known; the message names field, value and
     *     what is allowed
     */
    RecordPage search(RecordQuery query);

    /**
     * Records of several pages: at least {@code most}, if there are so many.
     *
     * @param query its first page
     * @throws IllegalArgumentException as {@link #search}
     */
    default List<RecordSummary> all(RecordQuery query, int most) {
        RecordPage page = search(query);
        var found = new ArrayList<>(page.items());
        while (page.next().isPresent() && found.size() < most) {
            page = search(query.after(page.next().get()));
            found.addAll(page.items());
        }
        return found;
    }

    /** All of a record; empty if there is none. */
    Optional<RecordDetail> find(String stream, String id);

    /**
     * Tells of each change, from a thread of the store that must not be held up.
     *
     * @return ends it
     */
    AutoCloseable listen(Consumer<Change> listener);

    /** How far the topics are read. */
    Change.Health health();
}
