package dev.vorrang.scoring.engine.batch;

import com.google.common.collect.Lists;
import java.util.List;

/**
 * Scores a batch in one call.
 *
 * @param <I> what is scored
 * @param <O> the score
 */
@FunctionalInterface
public interface BatchFunction<I, O> {

    /**
     * @param inputs one or more, in order
     * @return as many scores, in the order of the inputs
     * @throws RuntimeException if the batch could not be scored; none of it was then
     */
    List<O> apply(List<I> inputs);

    /** The same in calls of at most so many inputs, one after the other. */
    default BatchFunction<I, O> inCallsOf(int size) {
        return inputs -> Lists.partition(inputs, size).stream()
                .flatMap(some -> apply(some).stream())
                .toList();
    }
}
