package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.training.evaluation.ForecastErrors;
import dev.vorrang.training.evaluation.ForecastFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures a model on periods that it did not learn from. */
final class HeldOut {

    private HeldOut() {}

    /**
     * Measures forecasts of the last periods, from origins a horizon apart.
     *
     * @param held periods at the end of each item
     */
    static ForecastFigures measure(DemandModel model, List<DemandSeries> series, int held) {
        int horizon = model.frame().horizon();
        Map<String, ForecastErrors> errors = new HashMap<>();
        var spans = new ArrayList<RollingForecast.Span>();
        for (DemandSeries each : series) {
            int first = Math.max(1, each.periods() - held);
            spans.add(new RollingForecast.Span(each, first, each.periods()));
            float[] history = Arrays.copyOf(each.quantities(), first);
            int season = model.frame().season();
            errors.put(each.item(), new ForecastErrors(each.item(), model.card().levels(), history, season));
        }
        try {
            new RollingForecast(model, spans, horizon).run(forecast -> add(errors, forecast));
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written here", e);
        }
        return ForecastFigures.of(List.copyOf(errors.values()));
    }

    private static void add(Map<String, ForecastErrors> errors, RollingForecast.Forecast forecast) {
        float[] quantities = forecast.series().quantities();
        int steps = Math.min(forecast.prediction().horizon(), quantities.length - forecast.origin());
        for (int step = 0; step < steps; step++) {
            errors.get(forecast.series().item())
                    .add(
                            quantities[forecast.origin() + step],
                            forecast.prediction().mean()[step],
                            forecast.prediction().quantiles()[step]);
        }
    }
}
