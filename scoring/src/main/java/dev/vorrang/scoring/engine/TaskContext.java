package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.batch.Outcome;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.StateStore;

/**
 * What a task may use. For the task's thread.
 *
 * @param <V> type of the records
 * @param <I> what the models read of a record
 * @param <P> what the models say of it
 */
public interface TaskContext<V extends SpecificRecord, I, P> {

    /** Partition of the inputs that the task has. */
    int partition();

    /** A store of {@link StreamDefinition#stores}. */
    <S extends StateStore> S store(String name);

    /** Does something again and again, until the task is closed. */
    void schedule(Duration period, Runnable work);

    /**
     * Sends on what is due by time rather than by a record: with the work of {@link #schedule} alone. It is committed with the state
     * that the task writes before the next commit.
     */
    void send(Emission emission);

    /** Reads the value of a record of the input topic. */
    V read(byte[] value);

    /** Scores outside of any batch, in the way that batches are scored: for states that are made anew. */
    List<Outcome<Prediction<P>>> predict(List<I> inputs);
}
