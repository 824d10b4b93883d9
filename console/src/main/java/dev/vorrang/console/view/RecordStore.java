package dev.vorrang.console.view;

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
