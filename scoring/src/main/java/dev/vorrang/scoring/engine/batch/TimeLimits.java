package dev.vorrang.scoring.engine.batch;

import java.time.Duration;
import java.util.Objects;

/**
 * How long the scoring of one batch may take, all calls of the model for it counted together.
 *
 * @param slow from then on it is reported for as long as it runs, 1 ms or more. Below {@code max.poll.interval.ms}, past which Kafka
 *     takes the thread for dead, and below the timeout of a transaction, past which the broker ends it
 * @param hung from then on the model is taken for one that never returns, more than {@code slow}. A call cannot be interrupted
 *     inside TensorFlow, so only a new start of the program helps
 */
public record TimeLimits(Duration slow, Duration hung) {

    public TimeLimits {
        Objects.requireNonNull(slow, "slow");
        Objects.requireNonNull(hung, "hung");
        if (slow.toMillis() < 1) {
            throw new IllegalArgumentException("slow " + slow + ": allowed is 1 ms or more");
        }
        if (hung.compareTo(slow) <= 0) {
            throw new IllegalArgumentException("hung " + hung + ": allowed is more than slow, " + slow);
        }
    }

    /** Slow after 4 seconds, hung after 2 minutes. */
    public static TimeLimits defaults() {
        return new TimeLimits(Duration.ofSeconds(4), Duration.ofMinutes(2));
    }
}
