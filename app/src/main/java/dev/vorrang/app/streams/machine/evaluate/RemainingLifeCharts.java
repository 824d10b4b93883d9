package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.app.evaluate.Drawing;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Thinning;
import dev.vorrang.app.streams.machine.evaluate.RemainingLifeEvaluation.Trace;
import dev.vorrang.training.evaluation.RemainingLifeFigures.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Predictions of the remaining life over the truth, and over the life of single machines. */
final class RemainingLifeCharts {

    private static final int BINS = 25;
    private static final int MOST_POINTS = 1200;
    private static final int MOST_MACHINES = 3;
    private static final int STRETCHES = 400;

    private RemainingLifeCharts() {}

    /** Charts of machines. */
    static List<Chart> of(List<Trace> machines, double cap) {
        var charts = new ArrayList<Chart>();
        charts.add(overTruth(machines, cap));
        // The longest seen tell most: one that is predicted well, one middling, one badly.
        List<Trace> byError = machines.stream()
                .filter(trace -> trace.predictions().size() > 1)
                .sorted(Comparator.comparingDouble(RemainingLifeCharts::meanError))
                .toList();
        List<String> names = List.of("predicted best", "in the middle", "predicted worst");
        int[] places = {0, byError.size() / 2, byError.size() - 1};
        int[] distinct =
                IntStream.of(places).filter(place -> place >= 0).distinct().toArray();
        for (int i = 0; i < Math.min(MOST_MACHINES, distinct.length) && !byError.isEmpty(); i++) {
            charts.add(overLife(byError.get(distinct[i]), distinct.length == 1 ? "the machine" : names.get(i)));
        }
        return charts;
    }

    private static double meanError(Trace trace) {
        return trace.predictions().stream()
                .mapToDouble(one -> Math.abs(one.error()))
                .average()
                .orElse(0);
    }

    private static Chart overTruth(List<Trace> machines, double cap) {
        List<Prediction> all =
                machines.stream().flatMap(trace -> trace.predictions().stream()).toList();
        var drawing = new Drawing("true remaining life", "predicted remaining life", 960, 460);
        List<List<Prediction>> bins = bins(all, cap);
        double[] truth = means(bins, Prediction::truth);
        double[] lower = means(bins, Prediction::lower);
        double[] upper = means(bins, Prediction::upper);
        band(drawing, truth, lower, upper);
        double most = all.stream().mapToDouble(Prediction::truth).max().orElse(cap);
        List<Prediction> some = Thinning.evenly(all, MOST_POINTS);
        drawing.chart().getStyler().setMarkerSize(3);
        Drawing.points(
                drawing.chart().addSeries("row", array(some, Prediction::truth), array(some, Prediction::expected)),
                Drawing.SIGNAL,
                SeriesMarkers.CIRCLE);
        Drawing.dashes(
                drawing.chart().addSeries("as it should be", new double[] {0, most}, new double[] {0, most}),
                Drawing.TRUTH);
        Drawing.line(
                drawing.chart().addSeries("mean prediction", truth, means(bins, Prediction::expected)),
                Drawing.ALARM,
                2f);
        return new Chart(
                "Predicted over true remaining life",
                "Points are rows, the line is their mean, the band the mean 80 % interval; on the dashed line the prediction is"
                        + " right, above it too long.",
                drawing.svg());
    }

    private static List<List<Prediction>> bins(List<Prediction> all, double cap) {
        double most =
                Math.min(cap, all.stream().mapToDouble(Prediction::truth).max().orElse(cap));
        var bins = new ArrayList<List<Prediction>>();
        IntStream.range(0, BINS).forEach(bin -> bins.add(new ArrayList<>()));
        for (Prediction one : all) {
            int bin = most == 0 ? 0 : (int) Math.min(BINS - 1, one.truth() / most * BINS);
            bins.get(bin).add(one);
        }
        return bins.stream().filter(bin -> !bin.isEmpty()).toList();
    }

    private static double[] means(List<List<Prediction>> bins, ToDoubleFunction<Prediction> value) {
        return bins.stream()
                .mapToDouble(bin -> bin.stream().mapToDouble(value).average().orElse(Double.NaN))
                .toArray();
    }

    private static Chart overLife(Trace trace, String which) {
        List<Prediction> rows = trace.predictions();
        List<Integer> shown =
                Thinning.evenly(IntStream.range(0, rows.size()).boxed().toList(), STRETCHES);
        double[] places = shown.stream().mapToDouble(row -> row + 1).toArray();
        List<Prediction> some = shown.stream().map(rows::get).toList();
        var drawing = new Drawing("rows scored", "remaining life", 960, 260);
        drawing.chart().getStyler().setXAxisMin(0.0);
        band(drawing, places, array(some, Prediction::lower), array(some, Prediction::upper));
        Drawing.dashes(
                drawing.chart().addSeries("true, capped", places, array(some, Prediction::truth)), Drawing.TRUTH);
        Drawing.line(
                drawing.chart().addSeries("predicted", places, array(some, Prediction::expected)),
                Drawing.SIGNAL,
                1.6f);
        return new Chart(
                "Machine " + trace.name() + ": " + which,
                "Its life from the first row scored to the last; the band is the 80 % interval.",
                drawing.svg());
    }

    private static void band(Drawing drawing, double[] x, double[] lower, double[] upper) {
        boolean known = x.length > 1
                && Arrays.stream(lower).noneMatch(Double::isNaN)
                && Arrays.stream(upper).noneMatch(Double::isNaN);
        if (known) {
            int points = x.length;
            double[] around = IntStream.range(0, 2 * points)
                    .mapToDouble(i -> i < points ? x[i] : x[2 * points - 1 - i])
                    .toArray();
            double[] bounds = IntStream.range(0, 2 * points)
                    .mapToDouble(i -> i < points ? lower[i] : upper[2 * points - 1 - i])
                    .toArray();
            Drawing.area(drawing.chart().addSeries("80 % interval", around, bounds), Drawing.BAND);
        }
    }

    private static double[] array(List<Prediction> rows, ToDoubleFunction<Prediction> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
