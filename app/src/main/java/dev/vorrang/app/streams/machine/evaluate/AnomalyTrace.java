package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.view.MachineAlertView;
import dev.vorrang.training.evaluation.AlertFigures.Span;
import dev.vorrang.training.evaluation.AnomalyFigures;
import dev.vorrang.training.machine.baseline.Comparison;
import dev.vorrang.training.machine.baseline.MinuteMeans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of one machine, or of one group of it, with what the model says of them. */
final class AnomalyTrace {

    /** The first part of a recording, in which baselines learn and nothing counts. */
    private static final int LEARNING_SHARE = 3;

    private static final long LONGEST_LEARNING_MS = Duration.ofDays(3).toMillis();

    private record Row(long millis, double score, RowTruth truth, double[] values) {}

    private final String name;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Double> blame = new HashMap<>();
    /** By the id of the alert, in the order of their beginning. */
    private final Map<String, Span> alerts = new LinkedHashMap<>();

    AnomalyTrace(String name) {
        this.name = name;
    }

    /**
     * @param score NaN where there is none
     * @param shares of each sensor in the score
     * @param weight how much the shares count in who is to blame
     */
    void add(long millis, double score, RowTruth truth, double[] values, Map<String, Float> shares, double weight) {
        rows.add(new Row(millis, score, truth, values));
        shares.forEach((sensor, share) -> blame.merge(sensor, weight * share, Double::sum));
    }

    /** Takes a change of an alert. */
    void alert(MachineAlert alert) {
        long time = alert.getTime().toEpochMilli();
        switch (alert.getState()) {
            case RAISED -> alerts.put(alert.getId(), new Span(time, Long.MAX_VALUE, worstFirst(alert.getSensors())));
            case CLEARED -> alerts.computeIfPresent(alert.getId(), (id, open) -> open.until(time));
            default -> {
                // What it is about may have changed; what counts is what was said first.
            }
        }
    }

    private static List<String> worstFirst(Map<String, Float> shares) {
        return MachineAlertView.worstFirst(shares).stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    List<Span> alerts() {
        return List.copyOf(alerts.values());
    }

    /** The machine as baselines see it. */
    Comparison.Subject subject(List<String> sensors) {
        var means = MinuteMeans.of(
                rows.stream().mapToLong(Row::millis).toArray(),
                rows.stream().map(Row::values).toArray(double[][]::new));
        long first = means.millis()[0];
        long last = means.millis()[means.size() - 1];
        long learnt = first + Math.min(LONGEST_LEARNING_MS, (last - first) / LEARNING_SHARE);
        int learning = (int) Arrays.stream(means.millis())
                .takeWhile(minute -> minute <= learnt)
                .count();
        List<Span> faults = series().windows().stream()
                .map(window -> new Span(
                        rows.get(window[0]).millis(),
                        rows.get(window[1]).millis(),
                        rows.get(window[0]).truth().sensors()))
                .toList();
        return new Comparison.Subject(sensors, means, learning, faults);
    }

    String name() {
        return name;
    }

    int rows() {
        return rows.size();
    }

    double[] times() {
        return rows.stream().mapToDouble(Row::millis).toArray();
    }

    double[] scores() {
        return rows.stream().mapToDouble(Row::score).toArray();
    }

    double[] values(int sensor) {
        return rows.stream().mapToDouble(row -> row.values()[sensor]).toArray();
    }

    /** Rows with an alarm or in a true window. */
    long eventful(double threshold) {
        return rows.stream()
                .filter(row -> row.truth().odd() || row.score() >= threshold)
                .count();
    }

    /** Places of the sensors that are most to blame, the first the most. */
    List<Integer> blamed(List<String> sensors, int most) {
        return blame.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> sensors.indexOf(entry.getKey()))
                .filter(place -> place >= 0)
                .limit(most)
                .toList();
    }

    AnomalyFigures.Series series() {
        var odd = new boolean[rows.size()];
        for (int row = 0; row < odd.length; row++) {
            odd[row] = rows.get(row).truth().odd();
        }
        return new AnomalyFigures.Series(scores(), odd);
    }
}
