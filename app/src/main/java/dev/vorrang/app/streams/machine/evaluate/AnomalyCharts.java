package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.app.evaluate.Drawing;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Thinning;
import dev.vorrang.training.evaluation.AlertFigures.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Signals and scores over time, with alarms and true windows. */
final class AnomalyCharts {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 240;
    private static final int STRETCHES = 700;
    private static final float ALERT_WIDTH = 7f;
    /** Smaller times are counts, not times since 1970. */
    private static final double FIRST_DATE = 1e11;
    /** Scores this near to 1 are drawn alike. */
    private static final double LEAST_RATE = 1e-8;

    private AnomalyCharts() {}

    /** A sensor over time. */
    static Chart signal(AnomalyTrace trace, String sensor, double[] values, double threshold) {
        double[] times = trace.times();
        double[] scores = trace.scores();
        int[] shown = Thinning.peaks(values, STRETCHES);
        var drawing = new Drawing("", sensor, WIDTH, HEIGHT);
        double low = Arrays.stream(shown).mapToDouble(row -> values[row]).min().orElse(0);
        double high = Arrays.stream(shown).mapToDouble(row -> values[row]).max().orElse(1);
        double margin = high > low ? 0.05 * (high - low) : 0.5;
        windows(drawing, trace, low - margin, high + margin);
        if (shown.length > 0) {
            Drawing.line(series(drawing, "signal", times, values, shown), Drawing.SIGNAL, 1.2f);
        }
        int[] alarms = Thinning.evenly(
                        IntStream.range(0, values.length)
                                .filter(row -> scores[row] >= threshold && Double.isFinite(values[row]))
                                .boxed()
                                .toList(),
                        STRETCHES)
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
        if (alarms.length > 0) {
            Drawing.points(series(drawing, "alarm", times, values, alarms), Drawing.ALARM, SeriesMarkers.CIRCLE);
        }
        return new Chart(
                trace.name() + ": " + sensor,
                "One of the sensors most to blame for the alarms: points are alarms, shaded stretches are true windows.",
                drawing.svg());
    }

    /** The score over time. */
    static Chart score(AnomalyTrace trace, double threshold) {
        double[] times = trace.times();
        double[] oddness = Arrays.stream(trace.scores())
                .map(score -> -Math.log10(Math.max(LEAST_RATE, 1 - score)))
                .toArray();
        int[] shown = Thinning.peaks(oddness, STRETCHES);
        var drawing = new Drawing("", "oddness", WIDTH, HEIGHT);
        double limit = -Math.log10(Math.max(LEAST_RATE, 1 - threshold));
        double high =
                Arrays.stream(shown).mapToDouble(row -> oddness[row]).max().orElse(0);
        windows(drawing, trace, 0, 1.08 * Math.max(high, limit));
        if (shown.length > 0) {
            Drawing.line(series(drawing, "score", times, oddness, shown), Drawing.SIGNAL, 1.2f);
        }
        var line = new double[times.length];
        Arrays.fill(line, limit);
        Drawing.dashes(series(drawing, "threshold", times, line, new int[] {0, times.length - 1}), Drawing.ALARM);
        return new Chart(
                trace.name() + ": score",
                "How odd each row is, as the negative decimal logarithm of its false-alarm rate: at 2, one in a hundred normal rows"
                        + " is as odd, at 3 one in a thousand.",
                drawing.svg());
    }

    /**
     * Alerts over time, a line for each detector.
     *
     * @param alerts by the name of the detector, the first above
     */
    static Chart alerts(AnomalyTrace trace, Map<String, List<Span>> alerts) {
        double[] times = trace.times();
        var drawing = new Drawing("", "", WIDTH, HEIGHT);
        drawing.chart().getStyler().setYAxisTicksVisible(false);
        windows(drawing, trace, 0, alerts.size() + 1.0);
        int height = alerts.size();
        for (var detector : alerts.entrySet()) {
            List<Object> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (Span alert : detector.getValue()) {
                double end = Math.min(alert.to(), times[times.length - 1]);
                x.addAll(axis(new double[] {alert.from(), end, end}, new int[] {0, 1, 2}));
                // What is no number ends the line.
                y.addAll(List.of((double) height, (double) height, Double.NaN));
            }
            if (!x.isEmpty()) {
                Drawing.line(
                        drawing.chart().addSeries(detector.getKey(), x, y),
                        height == alerts.size() ? Drawing.ALARM : Drawing.SIGNAL,
                        ALERT_WIDTH);
            }
            height--;
        }
        return new Chart(
                trace.name() + ": alerts",
                "When an alert was open, from above: " + String.join(", ", alerts.keySet())
                        + ". Shaded stretches are true windows.",
                drawing.svg());
    }

    private static XYSeries series(Drawing drawing, String name, double[] times, double[] values, int[] rows) {
        List<Double> y = IntStream.of(rows).mapToObj(row -> values[row]).toList();
        return drawing.chart().addSeries(name, axis(times, rows), y);
    }

    private static List<?> axis(double[] times, int[] rows) {
        return times[0] >= FIRST_DATE
                ? IntStream.of(rows)
                        .mapToObj(row -> new Date((long) times[row]))
                        .toList()
                : IntStream.of(rows).mapToObj(row -> times[row]).toList();
    }

    /** True windows as one shape: rectangles that are as high as the chart, joined along its bottom. */
    private static void windows(Drawing drawing, AnomalyTrace trace, double low, double high) {
        drawing.chart().getStyler().setYAxisMin(low).setYAxisMax(high);
        List<int[]> windows = trace.series().windows();
        if (windows.isEmpty()) {
            return;
        }
        int[] rows = windows.stream()
                .flatMapToInt(window -> IntStream.of(window[0], window[0], window[1], window[1]))
                .toArray();
        List<Double> heights = windows.stream()
                .flatMap(window -> List.of(low, high, high, low).stream())
                .toList();
        Drawing.area(drawing.chart().addSeries("true window", axis(trace.times(), rows), heights), Drawing.WINDOW);
    }
}
