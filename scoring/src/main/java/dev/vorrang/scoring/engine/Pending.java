package dev.vorrang.scoring.engine;

import java.time.Instant;

/**
 * A record that waits for its batch. For the task's thread.
 *
 * @param <I> what the models read of it
 * @param <P> what the models say of it
 */
public interface Pending<I, P> {

    I input();

    /**
     * Makes the outputs. Records are completed in the order in which they were accepted; one for which a model failed is not.
     *
     * @param now when it was scored
     * @throws RecordFailedException if there can be none, with the stage for the dead letter; any other exception counts as one of
     *     the stage POLICY
     */
    Emission complete(Prediction<P> prediction, Instant now);
}
