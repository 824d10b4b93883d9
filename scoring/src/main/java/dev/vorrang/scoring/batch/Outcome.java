package dev.vorrang.scoring.batch;

import java.util.Objects;

/**
 * What became of one item of a batch.
 *
 * @param <O> the score
 */
public sealed interface Outcome<O> {

    /** The item was scored. */
    record Scored<O>(O score) implements Outcome<O> {

        public Scored {
            Objects.requireNonNull(score, "score");
        }
    }

    /** The item alone makes the function fail, while others can be scored. */
    record Failed<O>(RuntimeException cause) implements Outcome<O> {

        public Failed {
            Objects.requireNonNull(cause, "cause");
        }
    }
}
