package dev.vorrang.app.streams.demand.evaluate;

import dev.vorrang.app.evaluate.Drawing;
import dev.vorrang.app.evaluate.Excerpt;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.streams.demand.evaluate.DemandEvaluation.FanPoint;
import dev.vorrang.app.streams.demand.evaluate.DemandEvaluation.ItemTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Fan charts of items: what was ordered, and the forecast with its interval. */
final class DemandCharts {

    private static final int MAX_POINTS = 120;
    private static final int MAX_HISTORY = 120;

    private DemandCharts() {}

    /**
     * The item that was forecast best, one in the middle, and the worst.
     *
     * @param ranked items, the best first
     */
    static List<Chart> of(List<ItemTrace> ranked) {
        var charts = new ArrayList<Chart>();
        if (ranked.isEmpty()) {
            return charts;
        }
        int[] places = {0, ranked.size() / 4, ranked.size() / 2, 3 * ranked.size() / 4, ranked.size() - 1};
        String[] names = {"forecast best", "better than most", "in the middle", "worse than most", "forecast worst"};
        for (int i = 0; i < places.length; i++) {
            boolean shown = i > 0 && places[i] == places[i - 1];
            if (!shown) {
                charts.add(fan(ranked.get(places[i]), names[i]));
            }
        }
        return charts;
    }

    private static Chart fan(ItemTrace item, String which) {
        List<FanPoint> points = item.points();
        points = points.subList(Math.max(0, points.size() - MAX_POINTS), points.size());
        int first = points.get(0).place();
        int from = Math.max(0, first - MAX_HISTORY);
        var drawing = new Drawing("period", "demand", 960, 280);
        double[] places = array(points, FanPoint::place);
        double[] lower = array(points, FanPoint::lower);
        double[] upper = array(points, FanPoint::upper);
        if (points.size() > 1) {
            Drawing.area(
                    drawing.chart().addSeries("80 % interval", around(places), bounds(lower, upper)), Drawing.BAND);
        }
        float[] quantities = item.series().quantities();
        int[] known = IntStream.rangeClosed(from, points.get(points.size() - 1).place())
                .filter(place -> !Float.isNaN(quantities[place]))
                .toArray();
        if (known.length > 0) {
            double[] demand =
                    IntStream.of(known).mapToDouble(place -> quantities[place]).toArray();
            Drawing.line(
                    drawing.chart()
                            .addSeries(
                                    "demand",
                                    IntStream.of(known).asDoubleStream().toArray(),
                                    demand),
                    Drawing.TRUTH,
                    1.2f);
        }
        Drawing.line(
                drawing.chart().addSeries("median forecast", places, array(points, FanPoint::median)),
                Drawing.SIGNAL,
                1.8f);
        return new Chart(
                "Item " + Excerpt.name(item.series().item()) + ": " + which,
                "The last periods forecast, with the interval between the quantiles 0.1 and 0.9, after the demand before"
                        + " them; periods count from the first of the item.",
                drawing.svg());
    }

    private static double[] around(double[] places) {
        int count = places.length;
        return IntStream.range(0, 2 * count)
                .mapToDouble(i -> i < count ? places[i] : places[2 * count - 1 - i])
                .toArray();
    }

    private static double[] bounds(double[] lower, double[] upper) {
        int count = lower.length;
        return IntStream.range(0, 2 * count)
                .mapToDouble(i -> i < count ? lower[i] : upper[2 * count - 1 - i])
                .toArray();
    }

    private static double[] array(List<FanPoint> points, ToDoubleFunction<FanPoint> value) {
        return points.stream().mapToDouble(value).toArray();
    }
}
