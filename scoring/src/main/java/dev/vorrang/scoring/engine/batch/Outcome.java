package dev.vorrang.scoring.engine.batch;

import dev.vorrang.schemas.ModelRef;
import java.util.Objects;
import java.util.Optional;

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

    /**
     * The item alone makes the function fail, while others can be scored.
     *
     * @param model that failed; empty if whoever scored knows no models
     */
    record Failed<O>(RuntimeException cause, Optional<ModelRef> model) implements Outcome<O> {

        public Failed {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(model, "model");
        }

        public Failed(RuntimeException cause) {
            this(cause, Optional.empty());
        }

        /** The same failure, of a model that is known. */
        public Failed<O> by(ModelRef reference) {
            return new Failed<>(cause, Optional.of(reference));
        }
    }

    /** The score; empty if the item failed. */
    default Optional<O> scored() {
        return this instanceof Scored<O> scored ? Optional.of(scored.score()) : Optional.empty();
    }
}
