package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.batch.Outcome;
import java.time.Duration;
import java.util.Iterator;
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
     * Sends on what needs no model: with the work of {@link #schedule}, or while a record is accepted. It goes before what is held.
     * It is committed with the state that the task writes before the next commit.
     */
    void send(Emission emission);

    /**
     * Scores what is held, then what is due, in batches, and completes all of it before it returns: with the work of
     * {@link #schedule}, or while a record is accepted, before anything of that record was taken. Takes each from the iterator only
     * when the batch has room for it. If a model fails for one of them alone, a dead letter with its key and no value tells of it.
     *
     * @param due in order; empty to score what is held alone
     */
    void score(Iterator<Due<I, P>> due);

    /** Reads the value of a record of the input topic. */
    V read(byte[] value);

    /** Scores outside of any batch, in the way that batches are scored: for states that are made anew. */
    List<Outcome<Prediction<P>>> predict(List<I> inputs);
}
