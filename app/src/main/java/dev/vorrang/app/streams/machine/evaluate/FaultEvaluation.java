package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.app.evaluate.LabelTables;
import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.evaluation.LabelFigures;
import dev.vorrang.training.machine.MachineRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

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
        LabelFigures figures = figures(List.copyOf(all), verdicts);
        return new Outcome(
                rows[0],
                measures(figures),
                List.of(
                        LabelTables.labels(figures, "conditions", "Conditions", "condition", "cases"),
                        LabelTables.confusion(figures)),
                List.of(LabelTables.reliability(figures.reliability(), "verdict")));
    }

    private static LabelFigures figures(List<String> labels, Collection<Verdict> verdicts) {
        int[] truth = verdicts.stream()
                .mapToInt(verdict -> labels.indexOf(verdict.truth()))
                .toArray();
        double[][] probabilities = verdicts.stream()
                .map(verdict -> labels.stream()
                        .mapToDouble(label -> verdict.fault().getOrDefault(label, 0f))
                        .toArray())
                .toArray(double[][]::new);
        return LabelFigures.of(labels, truth, probabilities);
    }

    private List<Measure> measures(LabelFigures figures) {
        return List.of(
                new Measure(
                        "verdicts",
                        "Verdicts",
                        figures.answers(),
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
}
