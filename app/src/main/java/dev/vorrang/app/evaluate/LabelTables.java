package dev.vorrang.app.evaluate;

import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.training.evaluation.LabelFigures;
import dev.vorrang.training.evaluation.Reliability;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Tables and a chart of how well labels are told apart. */
public final class LabelTables {

    private LabelTables() {}

    /**
     * A line for each label.
     *
     * @param key name of the table for programs
     * @param title its name for people
     * @param label what a label is, such as {@code condition}
     * @param cases what is counted, such as {@code mails}
     */
    public static Table labels(LabelFigures figures, String key, String title, String label, String cases) {
        var table = new ArrayList<List<Cell>>();
        for (int place = 0; place < figures.labels().size(); place++) {
            table.add(List.of(
                    Cell.name(figures.labels().get(place)),
                    Cell.figure(figures.occurs(place), 0),
                    Cell.figure(figures.precision(place), 3),
                    Cell.figure(figures.recall(place), 3),
                    Cell.figure(figures.f1(place), 3)));
        }
        return new Table(
                key,
                title,
                "Precision: share of the answers that tell a " + label + " which are right. Recall: share of its "
                        + cases + " that are found. F1: harmonic mean of both.",
                List.of(label, cases, "precision", "recall", "F1"),
                table);
    }

    /** A line for each true label, a column for each that was told. */
    public static Table confusion(LabelFigures figures) {
        var header = new ArrayList<String>();
        header.add("true \\ told");
        header.addAll(figures.labels());
        var table = new ArrayList<List<Cell>>();
        for (int label = 0; label < figures.labels().size(); label++) {
            double all = Math.max(1, figures.occurs(label));
            long[] told = figures.confusion()[label];
            var line = new ArrayList<Cell>();
            line.add(Cell.name(figures.labels().get(label)));
            IntStream.range(0, told.length).forEach(i -> line.add(Cell.count(told[i], told[i] / all)));
            table.add(line);
        }
        return new Table(
                "confusion",
                "Confusion",
                "A line for each true label, a column for each that was told; the stronger the colour, the larger the share of"
                        + " its line.",
                header,
                table);
    }

    /**
     * Whether probabilities are what they say.
     *
     * @param answer what is given with a probability, such as {@code verdict}
     */
    public static Chart reliability(Reliability reliability, String answer) {
        var drawing = new Drawing("probability of the " + answer, "share that is right", 480, 400);
        drawing.chart().getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        drawing.chart().getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
        drawing.chart().getStyler().setMarkerSize(6);
        Drawing.dashes(
                drawing.chart().addSeries("as it should be", new double[] {0, 1}, new double[] {0, 1}), Drawing.TRUTH);
        double[] confidences = reliability.bins().stream()
                .mapToDouble(Reliability.Bin::confidence)
                .toArray();
        double[] accuracies = reliability.bins().stream()
                .mapToDouble(Reliability.Bin::accuracy)
                .toArray();
        var series = drawing.chart().addSeries(answer + "s", confidences, accuracies);
        Drawing.line(series, Drawing.SIGNAL, 1.6f);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Drawing.SIGNAL);
        return new Chart(
                "Reliability",
                "Whether probabilities are what they say: above the dashed line the model is too modest, below too sure.",
                drawing.svg(),
                false);
    }
}
