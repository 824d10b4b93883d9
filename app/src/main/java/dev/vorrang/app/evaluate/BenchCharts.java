package dev.vorrang.app.evaluate;

import dev.vorrang.app.bench.BatchSizes.Range;
import dev.vorrang.app.bench.BenchFigures;
import dev.vorrang.app.bench.BenchFigures.Compared;
import dev.vorrang.app.bench.BenchFigures.Latency;
import dev.vorrang.app.bench.BenchFigures.Load;
import dev.vorrang.app.bench.BenchFigures.Sweep;
import dev.vorrang.app.evaluate.Outcome.Chart;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How fast a stream was, drawn. */
final class BenchCharts {

    private static final String WHOLE = "#,##0";
    private static final int WIDTH = 480;
    private static final int HEIGHT = 300;
    private static final List<Color> COLORS = List.of(Drawing.BAND, Drawing.TRUTH, Drawing.SIGNAL);

    private BenchCharts() {}

    static List<Chart> of(BenchFigures figures) {
        var charts = new ArrayList<Chart>();
        charts.add(rates(figures));
        charts.add(sweep(figures));
        if (!figures.loads().isEmpty()) {
            charts.add(latency(figures));
            charts.add(batches(figures));
        }
        return List.copyOf(charts);
    }

    private static Chart rates(BenchFigures figures) {
        var chart = bars("", "records a second");
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setYAxisDecimalPattern(WHOLE);
        chart.addSeries(
                        "records a second",
                        figures.sideBySide().stream()
                                .map(Compared::scenario)
                                .map(BenchReport::name)
                                .toList(),
                        figures.sideBySide().stream()
                                .map(compared -> compared.median().rate())
                                .toList())
                .setFillColor(Drawing.SIGNAL);
        return new Chart("Side by side", "Records a second, the median of the rounds.", Drawing.svg(chart), false);
    }

    private static Chart sweep(BenchFigures figures) {
        var drawing = new Drawing("records in a batch", "records a second", WIDTH, HEIGHT);
        drawing.chart().getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0).setLegendVisible(false);
        drawing.chart().getStyler().setXAxisDecimalPattern(WHOLE).setYAxisDecimalPattern(WHOLE);
        List<Sweep> sweep = figures.sweep();
        Drawing.line(
                drawing.chart()
                        .addSeries(
                                "model alone",
                                sweep.stream().map(Sweep::batch).toList(),
                                sweep.stream().map(Sweep::rate).toList()),
                Drawing.SIGNAL,
                2);
        drawing.mark("best", figures.best().batch(), figures.best().rate(), Drawing.ALARM);
        return new Chart(
                "Model alone by batch size", "Calls without Kafka; the point is the best size.", drawing.svg(), false);
    }

    private static Chart latency(BenchFigures figures) {
        var drawing = new Drawing("records a second", "milliseconds", WIDTH, HEIGHT);
        double[] times = figures.loads().stream()
                .map(Load::latency)
                .flatMapToDouble(latency -> DoubleStream.of(latency.p50(), latency.p999()))
                .filter(Double::isFinite)
                .toArray();
        drawing.chart()
                .getStyler()
                .setYAxisLogarithmic(true)
                .setYAxisMin(powerOfTen(DoubleStream.of(times).min().orElse(1), 0))
                .setYAxisMax(powerOfTen(DoubleStream.of(times).max().orElse(1), 1))
                .setXAxisDecimalPattern(WHOLE)
                .setYAxisDecimalPattern("#,##0.###");
        line(drawing, figures, "p99.9", Latency::p999, Drawing.ALARM);
        line(drawing, figures, "p99", Latency::p99, Drawing.TRUTH);
        line(drawing, figures, "p50", Latency::p50, Drawing.SIGNAL);
        return new Chart(
                "Latency under load",
                "From the time at which a record was to be sent until its score was read as committed.",
                drawing.svg(),
                false);
    }

    private static void line(
            Drawing drawing, BenchFigures figures, String name, ToDoubleFunction<Latency> of, Color color) {
        List<Load> seen =
                figures.loads().stream().filter(load -> load.seen() > 0).toList();
        if (!seen.isEmpty()) {
            Drawing.line(
                    drawing.chart()
                            .addSeries(
                                    name,
                                    seen.stream().map(Load::rate).toList(),
                                    seen.stream()
                                            .map(load -> of.applyAsDouble(load.latency()))
                                            .toList()),
                    color,
                    2);
        }
    }

    /** The power of ten at or below a value, or the next one. */
    private static double powerOfTen(double value, int further) {
        return Math.pow(10, Math.floor(Math.log10(value)) + further);
    }

    private static Chart batches(BenchFigures figures) {
        var chart = bars("records in a batch, up to", "share of the records");
        int most = figures.loads().stream()
                .mapToInt(load -> load.sizes().ranges().size())
                .max()
                .orElse(0);
        List<String> names = IntStream.range(0, most)
                .mapToObj(place -> Integer.toString(1 << place))
                .toList();
        int number = 0;
        for (Load load : figures.loads()) {
            chart.addSeries(Outcome.number(100 * load.share(), 0) + " % of peak", names, shares(load, most))
                    .setFillColor(COLORS.get(number++ % COLORS.size()));
        }
        return new Chart(
                "Batches under load",
                "In batches of which size the records were scored: batches grow with the load.",
                Drawing.svg(chart),
                false);
    }

    private static List<Double> shares(Load load, int most) {
        List<Range> ranges = load.sizes().ranges();
        double all = ranges.stream().mapToLong(Range::records).sum();
        var shares = new ArrayList<Double>();
        for (int place = 0; place < most; place++) {
            shares.add(place < ranges.size() && all > 0 ? ranges.get(place).records() / all : 0);
        }
        return shares;
    }

    /** Of a range of batch sizes. */
    static String name(int place) {
        int to = 1 << place;
        int from = to / 2 + 1;
        return from >= to ? Integer.toString(to) : from + "–" + to;
    }

    private static CategoryChart bars(String xAxis, String yAxis) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        CategoryStyler style = chart.getStyler();
        Drawing.dress(style);
        style.setPlotGridLinesColor(Drawing.GRID).setPlotGridLinesStroke(new BasicStroke(0.7f));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setLegendBackgroundColor(Drawing.NOTHING).setLegendBorderColor(Drawing.NOTHING);
        style.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
        return chart;
    }
}
