package dev.vorrang.app.bench;

import dev.vorrang.scoring.engine.batch.BatchFunction;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A model, or one of a given pace in its place. */
public final class ModelPace {

    private ModelPace() {}

    /**
     * @param known gives answers at once
     * @param delay zero for the model itself; else what a call takes, however many records it has, without use of a processor, as
     *     with a model on an accelerator
     */
    public static <I, O> BatchFunction<I, O> of(BatchFunction<I, O> model, BatchFunction<I, O> known, Duration delay) {
        if (delay.isZero()) {
            return model;
        }
        return inputs -> {
            long until = System.nanoTime() + delay.toNanos();
            for (long left = delay.toNanos(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return known.apply(inputs);
        };
    }
}
