package dev.vorrang.app.evaluate;

import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.evaluation.FaultFigures;
import dev.vorrang.training.evaluation.Reliability;
import dev.vorrang.training.machine.MachineRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Compares the condition that is told with the true one. The verdict on a machine, or on a group of it, is the one at the last row of
 * each stretch of rows that have the same truth, for by then the model has seen what there is to see of it.
 */
public final class FaultEvaluation implements Evaluation {

    private record Verdict(String truth, Map<String, Float> fault) {}

    private final List<String> labels;
    private final Truth truth;
    private final List<Verdict> ended = new ArrayList<>();
    private final Map<List<String>, Verdict> open = new LinkedHashMap<>();
    private final long[] rows = new long[2];
    private final LinkedHashSet<String> truths = new LinkedHashSet<>();

    /**
     * @param labels conditions that the model knows
     */
    public FaultEvaluation(List<String> labels, Truth truth) {
        this.labels = List.copyOf(labels);
        this.truth = truth;
    }

    @Override
    public void add(MachineRow row, MachineScore score) {
        String condition = truth.of(row);
        if (condition.isEmpty() || score.getFault().isEmpty()) {
            return;
        }
        truths.add(condition);
        rows[0]++;
        rows[1] += told(score.getFault()).equals(condition) ? 1 : 0;
        Verdict before =
                open.put(List.of(row.machine(), row.group()), new Verdict(condition, Map.copyOf(score.getFault())));
        if (before != null && !before.truth().equals(condition)) {
            ended.add(before);
        }
    }

    private static String told(Map<String, Float> fault) {
        return fault.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    @Override
    public Outcome outcome() {
        if (rows[0] == 0) {
            throw new TrainingDataException("no row has both a verdict and a true condition in the target column '"
                    + truth.column() + "'; each machine needs as many rows as the model's window has");
        }
        if (truths.stream().noneMatch(labels::contains)) {
            throw new TrainingDataException("target column '" + truth.column() + "' has "
                    + truths.stream().limit(8).toList() + ", allowed are the conditions that the model knows, "
                    + labels);
        }
        var all = new LinkedHashSet<>(labels);
        all.addAll(truths);
        var verdicts = new ArrayList<>(ended);
        verdicts.addAll(open.values());
        FaultFigures figures = figures(List.copyOf(all), verdicts);
        return new Outcome(
                rows[0],
                measures(figures),
                List.of(conditions(figures), confusion(figures)),
                List.of(reliability(figures.reliability())));
    }

    private static FaultFigures figures(List<String> labels, Collection<Verdict> verdicts) {
        int[] truth = verdicts.stream()
                .mapToInt(verdict -> labels.indexOf(verdict.truth()))
                .toArray();
        double[][] probabilities = verdicts.stream()
                .map(verdict -> labels.stream()
                        .mapToDouble(label -> verdict.fault().getOrDefault(label, 0f))
                        .toArray())
                .toArray(double[][]::new);
        return FaultFigures.of(labels, truth, probabilities);
    }

    private List<Measure> measures(FaultFigures figures) {
        return List.of(
                new Measure(
                        "verdicts",
                        "Verdicts",
                        figures.verdicts(),
                        0,
                        "One for each machine and condition that it was in, at the last row of it."),
                new Measure("accuracy", "Accuracy", figures.accuracy(), 4, "Share of the verdicts that are right."),
                new Measure(
                        "macroF1",
                        "Macro-F1",
                        figures.macroF1(),
                        4,
                        "Mean of the conditions' F1, so that a rare condition counts as much as a frequent one."),
                new Measure(
                        "expectedCalibrationError",
                        "Expected calibration error",
                        figures.reliability().expectedCalibrationError(),
                        4,
                        "How far the probability of a verdict is from the share of such verdicts that are right; 0 is best."),
                new Measure(
                        "rowAccuracy",
                        "Accuracy, all rows",
                        (double) rows[1] / rows[0],
                        4,
                        "Share of all rows scored whose condition is told rightly, the early ones too."));
    }

    private static Table conditions(FaultFigures figures) {
        var table = new ArrayList<List<Cell>>();
        for (int label = 0; label < figures.labels().size(); label++) {
            table.add(List.of(
                    Cell.name(figures.labels().get(label)),
                    Cell.figure(figures.occurs(label), 0),
                    Cell.figure(figures.precision(label), 3),
                    Cell.figure(figures.recall(label), 3),
                    Cell.figure(figures.f1(label), 3)));
        }
        return new Table(
                "conditions",
                "Conditions",
                "Precision: share of the verdicts on a condition that are right. Recall: share of its cases that are found."
                        + " F1: harmonic mean of both.",
                List.of("condition", "cases", "precision", "recall", "F1"),
                table);
    }

    private static Table confusion(FaultFigures figures) {
        var header = new ArrayList<String>();
        header.add("true \\ told");
        header.addAll(figures.labels());
        var table = new ArrayList<List<Cell>>();
        for (int label = 0; label < figures.labels().size(); label++) {
            long all = Math.max(1, figures.occurs(label));
            long[] told = figures.confusion()[label];
            var line = new ArrayList<Cell>();
            line.add(Cell.name(figures.labels().get(label)));
            IntStream.range(0, told.length)
                    .forEach(i -> line.add(new Cell(Long.toString(told[i]), told[i], (double) told[i] / all)));
            table.add(line);
        }
        return new Table(
                "confusion",
                "Confusion",
                "A line for each true condition, a column for each that was told; the stronger the colour, the larger the"
                        + " share of its line.",
                header,
                table);
    }

    private static Chart reliability(Reliability reliability) {
        var drawing = new Drawing("probability of the verdict", "share that is right", 480, 400);
        drawing.chart().getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        drawing.chart().getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
        Drawing.dashes(
                drawing.chart().addSeries("as it should be", new double[] {0, 1}, new double[] {0, 1}), Drawing.TRUTH);
        double[] confidences = reliability.bins().stream()
                .mapToDouble(Reliability.Bin::confidence)
                .toArray();
        double[] accuracies = reliability.bins().stream()
                .mapToDouble(Reliability.Bin::accuracy)
                .toArray();
        var series = drawing.chart().addSeries("verdicts", confidences, accuracies);
        Drawing.line(series, Drawing.SIGNAL, 1.6f);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Drawing.SIGNAL);
        return new Chart(
                "Reliability",
                "Whether probabilities are what they say: above the dashed line the model is too modest, below too sure.",
                drawing.svg());
    }
}
