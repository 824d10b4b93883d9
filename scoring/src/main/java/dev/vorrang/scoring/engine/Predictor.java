package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.batch.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * Scores batches with the models in service, and says which of them answered. Safe for use by many threads.
 *
 * @param <I> what the models read of a record
 * @param <P> what the models say of it
 */
public interface Predictor<I, P> {

    /**
     * @param inputs any number, in order
     * @return as many outcomes, in the order of the inputs
     * @throws dev.vorrang.scoring.engine.batch.ModelFailingException if a model fails whatever it is given; none of the batch counts
     *     as scored then
     */
    List<Outcome<Prediction<P>>> predict(List<I> inputs);

    /** The models that would be asked now. */
    List<ModelRef> inService();

    /**
     * Ends, once nobody predicts any more, what still runs for batches that did not wait for it.
     *
     * @return false if a call of a model still runs after the limit: that model must stay open
     */
    default boolean awaitCalls(Duration limit) {
        return true;
    }
}
