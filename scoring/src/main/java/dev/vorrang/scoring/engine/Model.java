package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import java.util.List;

/**
 * A model that was loaded. Safe for use by many threads; whoever loaded it closes it, after the last call has returned.
 *
 * @param <I> what it reads of a record
 * @param <P> what it says of it
 */
public interface Model<I, P> extends BatchFunction<I, P>, AutoCloseable {

    /** A model that is a function, and holds nothing. */
    static <I, P> Model<I, P> of(ModelRef reference, I probe, BatchFunction<I, P> function) {
        return new Model<>() {
            @Override
            public ModelRef reference() {
                return reference;
            }

            @Override
            public I probe() {
                return probe;
            }

            @Override
            public List<P> apply(List<I> inputs) {
                return function.apply(inputs);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    /** Name and version. */
    ModelRef reference();

    /** An input that it can score, to tell a bad input from a broken model. */
    I probe();

    /**
     * Looks at an output before it is taken for a prediction.
     *
     * @throws IllegalStateException if it is none (NaN, say)
     */
    default void check(P output) {}

    @Override
    void close();
}
