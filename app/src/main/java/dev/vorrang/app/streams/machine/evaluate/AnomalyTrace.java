package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.training.evaluation.AnomalyFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of one machine, or of one group of it, with what the model says of them. */
final class AnomalyTrace {

    private record Row(long millis, double score, boolean odd, double[] values) {}

    private final String name;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Double> blame = new HashMap<>();

    AnomalyTrace(String name) {
        this.name = name;
    }

    /**
     * @param score NaN where there is none
     * @param shares of each sensor in the score
     * @param weight how much the shares count in who is to blame
     */
    void add(long millis, double score, boolean odd, double[] values, Map<String, Float> shares, double weight) {
        rows.add(new Row(millis, score, odd, values));
        shares.forEach((sensor, share) -> blame.merge(sensor, weight * share, Double::sum));
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
                .filter(row -> row.odd() || row.score() >= threshold)
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
            odd[row] = rows.get(row).odd();
        }
        return new AnomalyFigures.Series(scores(), odd);
    }
}
