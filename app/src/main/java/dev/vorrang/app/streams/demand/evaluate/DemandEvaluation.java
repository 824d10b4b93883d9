package dev.vorrang.app.streams.demand.evaluate;

import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.demand.Baselines;
import dev.vorrang.training.demand.DemandSeries;
import dev.vorrang.training.demand.RollingForecast;
import dev.vorrang.training.evaluation.ForecastErrors;
import dev.vorrang.training.evaluation.ForecastFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares forecasts with what came, and with simple forecasts of the same periods. For one thread; holds the forecasts of all items in
 * memory.
 */
public final class DemandEvaluation implements RollingForecast.Sink {

    private static final int SHOWN_ITEMS = 10;

    private final List<Double> levels;
    private final int season;
    private final Map<String, ItemTrace> items = new LinkedHashMap<>();

    /**
     * @param levels of the quantiles
     * @param season of MASE and of the simple forecasts
     * @param spans what is forecast
     */
    public DemandEvaluation(List<Double> levels, int season, List<RollingForecast.Span> spans) {
        this.levels = levels;
        this.season = season;
        for (RollingForecast.Span span : spans) {
            float[] history = Arrays.copyOf(
                    span.series().quantities(),
                    Math.min(span.first(), span.series().periods()));
            items.put(span.series().item(), new ItemTrace(span.series(), history));
        }
    }

    /** The errors of one item, by what made the forecast, and its forecasts as they came. */
    final class ItemTrace {
        private final DemandSeries series;
        private final ForecastErrors model;
        private final ForecastErrors naive;
        private final ForecastErrors smoothing;
        private final ForecastErrors naive2;
        private final List<FanPoint> points = new ArrayList<>();

        ItemTrace(DemandSeries series, float[] history) {
            this.series = series;
            model = errors(history);
            naive = errors(history);
            smoothing = errors(history);
            naive2 = errors(history);
        }

        private ForecastErrors errors(float[] history) {
            return new ForecastErrors(series.item(), levels, history, season);
        }

        DemandSeries series() {
            return series;
        }

        ForecastErrors model() {
            return model;
        }

        List<FanPoint> points() {
            return points;
        }
    }

    /**
     * A period that was forecast.
     *
     * @param place of the period in the series
     */
    record FanPoint(int place, double truth, double lower, double median, double upper) {}

    @Override
    public void take(RollingForecast.Forecast forecast) {
        ItemTrace item = items.get(forecast.series().item());
        float[] quantities = item.series.quantities();
        int origin = forecast.origin();
        int steps = Math.min(forecast.prediction().horizon(), quantities.length - origin);
        if (steps <= 0) {
            return;
        }
        float[] history = Arrays.copyOf(quantities, origin);
        double[] naive = Baselines.seasonalNaive(history, season, steps);
        double[] smoothing = Baselines.smoothing(history, season, steps);
        double[] naive2 = Baselines.naive2(history, season, steps);
        for (int step = 0; step < steps; step++) {
            float truth = quantities[origin + step];
            float[] quantiles = forecast.prediction().quantiles()[step];
            item.model.add(truth, forecast.prediction().mean()[step], quantiles);
            item.naive.add(truth, naive[step]);
            item.smoothing.add(truth, smoothing[step]);
            item.naive2.add(truth, naive2[step]);
            item.points.add(new FanPoint(
                    origin + step,
                    truth,
                    quantile(quantiles, 0.1),
                    quantile(quantiles, 0.5),
                    quantile(quantiles, 0.9)));
        }
    }

    private double quantile(float[] quantiles, double level) {
        return quantiles[levels.indexOf(level)];
    }

    /**
     * What came out.
     *
     * @throws TrainingDataException if no period was forecast whose demand is known
     */
    public Outcome outcome() {
        List<ItemTrace> measured =
                items.values().stream().filter(item -> item.model.count() > 0).toList();
        if (measured.isEmpty()) {
            throw new TrainingDataException("no period was forecast whose demand is known");
        }
        ForecastFigures model =
                ForecastFigures.of(measured.stream().map(item -> item.model).toList());
        ForecastFigures naive2 =
                ForecastFigures.of(measured.stream().map(item -> item.naive2).toList());
        List<ItemTrace> ranked = measured.stream()
                .filter(item -> !Double.isNaN(item.model.wape()))
                .sorted(Comparator.comparingDouble(item -> item.model.wape()))
                .toList();
        return new Outcome(
                model.forecasts(),
                measures(model, naive2),
                List.of(comparison(measured, model, naive2), itemTable(ranked)),
                DemandCharts.of(ranked));
    }

    private static List<Measure> measures(ForecastFigures model, ForecastFigures naive2) {
        return List.of(
                new Measure("items", "Items", model.items(), 0, "Items of which a forecast could be measured."),
                new Measure(
                        "wape", "WAPE", model.wape(), 4, "Absolute errors of the mean over the demand, both summed."),
                new Measure("wapeMedian", "WAPE of the median", model.medianWape(), 4, "The same of the 0.5 quantile."),
                new Measure(
                        "rmsse",
                        "RMSSE",
                        model.rmsse(),
                        4,
                        "Root mean squared error of the mean over that of the naive forecast in the history, mean of the items."),
                new Measure(
                        "mase",
                        "MASE",
                        model.mase(),
                        4,
                        "Mean absolute error of the median over that of the seasonal naive forecast in the history, mean of the items."),
                new Measure(
                        "smape",
                        "sMAPE",
                        100 * model.smape(),
                        2,
                        "Symmetric percentage error of the median, 0 to 200."),
                new Measure(
                        "owa",
                        "OWA",
                        model.owa(naive2),
                        4,
                        "sMAPE and MASE, each over that of Naive2, averaged, as in the M4 competition; below 1 is better."),
                new Measure(
                        "quantileLoss",
                        "Quantile loss",
                        model.quantileLoss(),
                        4,
                        "Twice the pinball loss, mean over all levels, over the demand, both summed."),
                new Measure(
                        "coverage",
                        "Coverage of 80 %",
                        model.coverage(),
                        3,
                        "Share of the periods whose demand lay between the quantiles 0.1 and 0.9; 0.8 is right."));
    }

    private static Table comparison(List<ItemTrace> items, ForecastFigures model, ForecastFigures naive2) {
        ForecastFigures naive =
                ForecastFigures.of(items.stream().map(item -> item.naive).toList());
        ForecastFigures smoothing =
                ForecastFigures.of(items.stream().map(item -> item.smoothing).toList());
        return new Table(
                "forecasts",
                "Beside simple forecasts",
                "The same periods; a simple forecast is one number, which counts for all quantiles.",
                List.of("forecast", "WAPE", "RMSSE", "MASE", "sMAPE", "OWA", "quantile loss"),
                List.of(
                        row("model", model, naive2),
                        row("seasonal naive", naive, naive2),
                        row("exponential smoothing", smoothing, naive2),
                        row("Naive2", naive2, naive2)));
    }

    private static List<Cell> row(String name, ForecastFigures figures, ForecastFigures naive2) {
        return List.of(
                Cell.name(name),
                Cell.figure(figures.wape(), 4),
                Cell.figure(figures.rmsse(), 4),
                Cell.figure(figures.mase(), 4),
                Cell.figure(100 * figures.smape(), 2),
                Cell.figure(figures.owa(naive2), 4),
                Cell.figure(figures.quantileLoss(), 4));
    }

    private static Table itemTable(List<ItemTrace> ranked) {
        int best = Math.min(SHOWN_ITEMS, (ranked.size() + 1) / 2);
        int worst = Math.min(SHOWN_ITEMS, ranked.size() - best);
        List<List<Cell>> rows = Stream.concat(
                        ranked.stream().limit(best), ranked.stream().skip(ranked.size() - worst))
                .map(item -> List.of(
                        Cell.name(item.series.item()),
                        Cell.figure(item.model.actual() / item.model.count(), 2),
                        Cell.figure(item.model.wape(), 3),
                        Cell.figure(item.naive.wape(), 3),
                        Cell.figure((double) item.model.covered() / item.model.count(), 2)))
                .toList();
        return new Table(
                "items",
                "Best and worst items",
                "By WAPE, the best first; with the mean demand of a period.",
                List.of("item", "demand", "WAPE", "seasonal naive", "covered"),
                rows);
    }
}
