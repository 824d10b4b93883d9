package dev.vorrang.scoring.demand.model;

import java.util.Objects;

/**
 * The demand that a model expects of one item. The arrays are not copied.
 *
 * @param quantiles {@code [horizon][levels]}: demand of each period that is not exceeded with the probability of the level, never
 *     falling with the level; 0 or more where demand cannot be negative
 * @param mean {@code [horizon]}: expected demand of each period, 0 or more where demand cannot be negative
 */
public record DemandPrediction(float[][] quantiles, float[] mean) {

    public DemandPrediction {
        Objects.requireNonNull(quantiles, "quantiles");
        Objects.requireNonNull(mean, "mean");
        if (quantiles.length != mean.length) {
            throw new IllegalArgumentException(
                    quantiles.length + " periods with quantiles, " + mean.length + " with a mean");
        }
    }

    /** Periods that are forecast. */
    public int horizon() {
        return mean.length;
    }
}
