package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One task's part of a stream: turns records into inputs of the models, and keeps the task's state. For the task's thread.
 *
 * @param <V> type of the records
 * @param <I> what the models read of a record
 * @param <P> what the models say of it
 */
public interface TaskScorer<V extends SpecificRecord, I, P> {

    /**
     * Takes a record.
     *
     * @return what waits for its batch; empty if the record is not scored by itself
     * @throws RecordFailedException if the record cannot be taken, with the stage for its dead letter; any other exception counts
     *     as one of the stage DECODE. The state must be as before
     */
    Optional<Pending<I, P>> accept(V value, RecordInfo record);

    /**
     * Takes a record of a side input. Everything that came before it has been scored.
     *
     * @param key key of the record
     * @param value null for a tombstone
     * @throws RecordFailedException if the record cannot be taken, with the stage for its dead letter; any other exception counts
     *     as one of the stage FEATURES. The state must be as before
     */
    default void side(Topic<?> topic, String key, SpecificRecord value) {}

    /** Called before each commit of the task, when all that was accepted has been completed: the time to write state. */
    default void beforeCommit() {}
}
