package dev.vorrang.scoring.engine.metrics;

import java.util.List;

/**
 * Something to count.
 *
 * @param metric a counter
 * @param amount how much, 0 or more
 * @param tags values of the metric's tags after the stream, in their order
 */
public record Measurement(Metric metric, double amount, List<String> tags) {

    /** Counts one. */
    public static Measurement one(Metric metric, String... tags) {
        return new Measurement(metric, 1, List.of(tags));
    }
}
