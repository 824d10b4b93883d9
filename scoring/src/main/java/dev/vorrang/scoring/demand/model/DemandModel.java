package dev.vorrang.scoring.demand.model;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Model;

/**
 * Forecasts the demand of items, each from its own window: what it says of one does not depend on the others of the batch. Safe for
 * use by several threads; whoever loaded it closes it.
 */
public interface DemandModel extends Model<DemandWindow, DemandPrediction> {

    DemandCard card();

    /** How the periods of its windows count, and how many periods each prediction has. */
    DemandFrame frame();

    @Override
    default ModelRef reference() {
        return card().reference();
    }

    /**
     * @throws IllegalStateException if a number is not finite, quantiles cross, or something is negative that cannot be
     */
    @Override
    default void check(DemandPrediction output) {
        for (int step = 0; step < output.horizon(); step++) {
            float before = card().nonNegative() ? 0 : Float.NEGATIVE_INFINITY;
            for (float quantile : output.quantiles()[step]) {
                require(quantile >= before && Float.isFinite(quantile), "quantile", quantile, step, before);
                before = quantile;
            }
            float mean = output.mean()[step];
            require(Float.isFinite(mean) && (mean >= 0 || !card().nonNegative()), "mean", mean, step, 0);
        }
    }

    private static void require(boolean holds, String what, float value, int step, float least) {
        if (!holds) {
            throw new IllegalStateException(what + " " + value + " of period " + (step + 1)
                    + " of the forecast: allowed are finite numbers from " + least);
        }
    }
}
