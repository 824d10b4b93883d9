package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.evaluation.AnomalyFigures;
import dev.vorrang.training.machine.MachineRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Compares alarms with rows that are known to be odd. */
public final class AnomalyEvaluation implements Evaluation {

    private static final int MOST_TRACES = 3;
    private static final int MOST_SENSORS = 2;
    /** A row without an alarm says little of who is to blame, but is all there is where nothing is odd. */
    private static final double QUIET = 1e-6;

    private final List<String> sensors;
    private final double threshold;
    private final Function<MachineRow, Optional<RowTruth>> truth;
    private final Map<List<String>, AnomalyTrace> traces = new LinkedHashMap<>();

    /**
     * @param sensors names of the values of a row
     * @param threshold a row of this score or above is an alarm
     * @param truth whether a row is odd; rows of which it is not known are left out
     */
    public AnomalyEvaluation(List<String> sensors, double threshold, Function<MachineRow, Optional<RowTruth>> truth) {
        this.sensors = List.copyOf(sensors);
        this.threshold = threshold;
        this.truth = truth;
    }

    @Override
    public void add(MachineRow row, MachineScore score) {
        truth.apply(row).ifPresent(known -> {
            double value = score.getAnomaly() == null ? Double.NaN : score.getAnomaly();
            double weight = value >= threshold ? 1 : QUIET;
            trace(row).add(row.millis(), value, known, row.values(sensors), score.getSensors(), weight);
        });
    }

    @Override
    public void alert(MachineRow row, MachineAlert alert) {
        trace(row).alert(alert);
    }

    private AnomalyTrace trace(MachineRow row) {
        String name = row.group().isEmpty() ? row.machine() : row.machine() + ", " + row.group();
        return traces.computeIfAbsent(List.of(row.machine(), row.group()), any -> new AnomalyTrace(name));
    }

    @Override
    public Outcome outcome() {
        traces.values().removeIf(trace -> trace.rows() == 0);
        if (traces.isEmpty()) {
            throw new TrainingDataException("no row says whether it is odd; allowed are 0 and 1 in the target column");
        }
        var figures = AnomalyFigures.of(
                traces.values().stream().map(AnomalyTrace::series).toList(), threshold);
        long compared = traces.values().stream().mapToLong(AnomalyTrace::rows).sum();
        var alerts = AlertComparison.of(List.copyOf(traces.values()), sensors);
        var tables = new ArrayList<>(List.of(counts(figures)));
        alerts.map(AlertComparison::table).ifPresent(tables::add);
        return new Outcome(compared, measures(figures), tables, charts(alerts));
    }

    private List<Measure> measures(AnomalyFigures figures) {
        var measures = new ArrayList<Measure>();
        measures.add(new Measure("threshold", "Threshold", threshold, 4, "A row of this score or above is an alarm."));
        measures.add(new Measure(
                "precision", "Precision", figures.precision(), 3, "Share of the alarms that fall in a true window."));
        measures.add(new Measure(
                "recall", "Recall", figures.recall(), 3, "Share of the rows of true windows that have an alarm."));
        measures.add(new Measure("f1", "F1", figures.f1(), 3, "Harmonic mean of precision and recall, row by row."));
        measures.add(new Measure(
                "falseAlarmRate",
                "False-alarm rate",
                figures.falseAlarmRate(),
                4,
                "Share of the normal rows that have an alarm."));
        measures.add(new Measure(
                "missedAlarmRate",
                "Missed-alarm rate",
                figures.missedAlarmRate(),
                4,
                "Share of the rows of true windows that have no alarm."));
        measures.add(new Measure(
                "windows", "True windows", figures.windows(), 0, "Stretches of rows that are known to be odd."));
        measures.add(new Measure(
                "windowsDetected",
                "Windows detected",
                figures.delays().size(),
                0,
                "True windows in which at least one alarm falls."));
        measures.add(new Measure(
                "meanDelay",
                "Mean detection delay",
                figures.meanDelay(),
                1,
                "Rows from the beginning of a detected window to its first alarm."));
        measures.add(new Measure(
                "medianDelay",
                "Median detection delay",
                figures.medianDelay(),
                1,
                "The same for the window in the middle."));
        figures.nab().ifPresent(nab -> {
            measures.add(new Measure(
                    "nabScore",
                    "NAB score",
                    nab.score(),
                    1,
                    "Standard profile of the Numenta Anomaly Benchmark: 100 is perfect, 0 is what silence gets."));
            measures.add(
                    new Measure(
                            "nabBestScore",
                            "NAB score, best threshold",
                            nab.best().score(),
                            1,
                            "The same with the threshold that suits this very data best: chosen with the truth in hand, so too good."));
            measures.add(new Measure(
                    "nabBestThreshold",
                    "Best threshold",
                    nab.best().threshold(),
                    8,
                    "The threshold that gives it; a dash where silence scores best."));
        });
        return measures;
    }

    private static Table counts(AnomalyFigures figures) {
        double odd = figures.truePositives() + figures.falseNegatives();
        double normal = figures.falsePositives() + figures.trueNegatives();
        return new Table(
                "confusion",
                "Confusion",
                "Rows by what they are and what the model says; the stronger the colour, the larger the share of its line.",
                List.of("", "alarm", "no alarm"),
                List.of(
                        List.of(
                                Cell.name("in a true window"),
                                count(figures.truePositives(), odd),
                                count(figures.falseNegatives(), odd)),
                        List.of(
                                Cell.name("normal"),
                                count(figures.falsePositives(), normal),
                                count(figures.trueNegatives(), normal))));
    }

    private static Cell count(long count, double all) {
        return Cell.count(count, all == 0 ? 0 : count / all);
    }

    private List<Chart> charts(Optional<AlertComparison> alerts) {
        var charts = new ArrayList<Chart>();
        traces.values().stream()
                .sorted(Comparator.comparingLong((AnomalyTrace trace) -> trace.eventful(threshold))
                        .reversed())
                .limit(MOST_TRACES)
                .forEach(trace -> {
                    for (int sensor : trace.blamed(sensors, MOST_SENSORS)) {
                        charts.add(AnomalyCharts.signal(trace, sensors.get(sensor), trace.values(sensor), threshold));
                    }
                    charts.add(AnomalyCharts.score(trace, threshold));
                    alerts.ifPresent(compared -> charts.add(compared.chart(trace)));
                });
        return charts;
    }
}
