package dev.vorrang.scoring.demand;

import dev.vorrang.scoring.demand.model.DemandModel;
import java.util.List;

/**
 * What the models in service read and say.
 *
 * @param context periods that they look back at most, 1 or more: so many of each item are kept
 * @param horizon periods that they forecast, 1 or more
 * @param levels of the quantiles, rising, above 0 and below 1, 1 or more
 * @param known names of what is known in advance, in order
 */
public record ForecastShape(int context, int horizon, List<Double> levels, List<String> known) {

    public ForecastShape {
        levels = List.copyOf(levels);
        known = List.copyOf(known);
        StockSettings.check("context", context, context >= 1, "1 or more");
        StockSettings.check("horizon", horizon, horizon >= 1, "1 or more");
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("levels []: allowed is 1 or more");
        }
    }

    /** That of a model. */
    public static ForecastShape of(DemandModel model) {
        return new ForecastShape(
                model.frame().context(),
                model.frame().horizon(),
                model.card().levels(),
                model.card().known());
    }

    /** Place of the level that is nearest to one. */
    int nearest(double level) {
        int nearest = 0;
        for (int i = 1; i < levels.size(); i++) {
            if (Math.abs(levels.get(i) - level) < Math.abs(levels.get(nearest) - level)) {
                nearest = i;
            }
        }
        return nearest;
    }

    float[] levelsAsFloats() {
        var floats = new float[levels.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = levels.get(i).floatValue();
        }
        return floats;
    }
}
