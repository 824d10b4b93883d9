package dev.vorrang.scoring.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Scores batches with a function that may fail. A batch that fails is halved until the items that make it fail stand alone;
 * the rest is scored. Before an item is blamed, a probe (the input that was last scored, at first a given one) must succeed, and
 * the item must fail once more: so a model that is broken, or was for a moment, condemns no item.
 *
 * <p>Safe for use by many threads if the function is. They share the probe and the count of failures, so that a model which fails
 * for every item is found out although each thread has seen few of them.
 *
 * @param <I> what is scored
 * @param <O> the score
 */
public final class BatchScorer<I, O> {

    private final BatchFunction<I, O> function;
    private final AtomicReference<I> probe;
    private final int failureLimit;
    private final AtomicInteger failuresInARow = new AtomicInteger();

    /**
     * @param function scores
     * @param probe an input that can be scored, to tell a bad item from a broken function
     * @param failureLimit how many items in a row may fail, 1 or more; one more, and the function is taken for broken although
     *     the probe succeeds
     */
    public BatchScorer(BatchFunction<I, O> function, I probe, int failureLimit) {
        this.function = Objects.requireNonNull(function, "function");
        this.probe = new AtomicReference<>(Objects.requireNonNull(probe, "probe"));
        if (failureLimit < 1) {
            throw new IllegalArgumentException("failureLimit " + failureLimit + ": allowed is 1 or more");
        }
        this.failureLimit = failureLimit;
    }

    /**
     * Scores a batch, in as few calls as its bad items allow.
     *
     * @param inputs any number, in order
     * @return as many outcomes, in the order of the inputs
     * @throws ModelFailingException if the function fails for the probe too, or for more than {@code failureLimit} items in a row;
     *     none of the batch counts as scored then
     */
    public List<Outcome<O>> score(List<I> inputs) {
        var outcomes = new ArrayList<Outcome<O>>(inputs.size());
        if (!inputs.isEmpty()) {
            score(inputs, outcomes);
        }
        return outcomes;
    }

    private void score(List<I> inputs, List<Outcome<O>> outcomes) {
        try {
            scoreWhole(inputs, outcomes);
        } catch (ModelFailingException e) {
            throw e;
        } catch (RuntimeException e) {
            checkProbe(e);
            if (inputs.size() == 1) {
                outcomes.add(scoreAgain(inputs));
            } else {
                int half = inputs.size() / 2;
                score(inputs.subList(0, half), outcomes);
                score(inputs.subList(half, inputs.size()), outcomes);
            }
        }
    }

    private void scoreWhole(List<I> inputs, List<Outcome<O>> outcomes) {
        for (O score : call(inputs)) {
            outcomes.add(new Outcome.Scored<>(score));
        }
        probe.set(inputs.get(inputs.size() - 1));
        failuresInARow.set(0);
    }

    private Outcome<O> scoreAgain(List<I> single) {
        try {
            var again = new ArrayList<Outcome<O>>(1);
            scoreWhole(single, again);
            return again.get(0);
        } catch (RuntimeException e) {
            int failures = failuresInARow.incrementAndGet();
            if (failures > failureLimit) {
                throw new ModelFailingException(
                        "The model failed for " + failures + " records in a row; last with " + e + ". At most "
                                + failureLimit + " are set aside one by one, so the model is taken for broken.",
                        e);
            }
            return new Outcome.Failed<>(e);
        }
    }

    private void checkProbe(RuntimeException cause) {
        try {
            call(List.of(probe.get()));
        } catch (RuntimeException e) {
            e.addSuppressed(cause);
            throw new ModelFailingException(
                    "The model fails even for a record that it should be able to score: " + e, e);
        }
    }

    private List<O> call(List<I> inputs) {
        var scores = function.apply(List.copyOf(inputs));
        if (scores == null || scores.size() != inputs.size()) {
            throw new IllegalStateException("the model gave " + (scores == null ? "no" : scores.size()) + " scores for "
                    + inputs.size() + " records");
        }
        if (scores.stream().anyMatch(Objects::isNull)) {
            throw new IllegalStateException("the model gave a null score for one of " + inputs.size() + " records");
        }
        return scores;
    }
}
