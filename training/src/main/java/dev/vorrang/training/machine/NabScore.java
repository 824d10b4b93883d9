package dev.vorrang.training.machine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * The score of the Numenta Anomaly Benchmark with its standard profile (Lavin and Ahmad, Evaluating Real-time Anomaly Detection
 * Algorithms, 2015): an anomaly that is detected early in its window counts most, each false alarm costs, the first 15 % of a series
 * are free, and one threshold serves all series. 100 is perfect, 0 is what saying nothing gets.
 */
public final class NabScore {

    private static final double FALSE_ALARM = 0.11;
    private static final double FREE_SHARE = 0.15;
    private static final int MAX_FREE = 750;

    private NabScore() {}

    /**
     * A series.
     *
     * @param scores of each row
     * @param windows first and last row of each anomaly, in order
     */
    public record Scored(double[] scores, List<int[]> windows) {}

    /**
     * The best that one threshold reaches.
     *
     * @param score the score with it
     * @param threshold from this score on a row is an alarm; infinite where saying nothing is best
     */
    public record Best(double score, double threshold) {}

    private record Row(double score, int series, int row) {}

    private record Window(int series, int window) {}

    /**
     * The score with a threshold.
     *
     * @param series with one window or more among them, and no score that is NaN
     * @param threshold a row of this score or above is an alarm
     */
    public static double at(List<Scored> series, double threshold) {
        int windows = windows(series);
        var detected = new HashMap<Window, Integer>();
        double sum = -windows;
        for (Row row : rows(series)) {
            if (row.score() >= threshold) {
                sum += change(series.get(row.series()), row, detected);
            }
        }
        return scaled(sum, windows);
    }

    /**
     * The score with the threshold that suits best, which is known only to who knows the windows.
     *
     * @param series with one window or more among them, and no score that is NaN
     */
    public static Best best(List<Scored> series) {
        List<Row> rows = rows(series);
        rows.sort(Comparator.comparingDouble(Row::score).reversed());
        int windows = windows(series);
        var detected = new HashMap<Window, Integer>();
        double sum = -windows;
        double best = sum;
        double threshold = Double.POSITIVE_INFINITY;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            sum += change(series.get(row.series()), row, detected);
            boolean lastOfItsScore = i + 1 == rows.size() || rows.get(i + 1).score() < row.score();
            if (lastOfItsScore && sum > best) {
                best = sum;
                threshold = row.score();
            }
        }
        return new Best(scaled(best, windows), threshold);
    }

    private static int windows(List<Scored> series) {
        return series.stream().mapToInt(one -> one.windows().size()).sum();
    }

    private static double scaled(double sum, int windows) {
        return 100 * (sum + windows) / (2 * windows);
    }

    /** Rows that count. */
    private static List<Row> rows(List<Scored> series) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < series.size(); i++) {
            double[] scores = series.get(i).scores();
            int free = Math.min((int) (FREE_SHARE * scores.length), MAX_FREE);
            for (int row = free; row < scores.length; row++) {
                rows.add(new Row(scores[row], i, row));
            }
        }
        return rows;
    }

    /** By how much the sum grows when a row is detected too. */
    private static double change(Scored series, Row row, HashMap<Window, Integer> detected) {
        int last = -1;
        for (int i = 0; i < series.windows().size(); i++) {
            int[] window = series.windows().get(i);
            if (row.row() > window[1]) {
                last = i;
            } else if (row.row() >= window[0]) {
                var key = new Window(row.series(), i);
                Integer before = detected.get(key);
                if (before != null && before <= row.row()) {
                    return 0;
                }
                detected.put(key, row.row());
                // A window that was missed cost 1.
                return value(window, row.row()) + (before == null ? 1 : -value(window, before));
            }
        }
        if (last < 0) {
            return -FALSE_ALARM;
        }
        int[] window = series.windows().get(last);
        double distance = (double) (row.row() - window[1]) / Math.max(1, window[1] - window[0]);
        return FALSE_ALARM * (distance > 3 ? -1 : sigmoid(distance));
    }

    /** 1 for the first row of a window, near 0 for its last. */
    private static double value(int[] window, int row) {
        double position = -(double) (window[1] - row + 1) / (window[1] - window[0] + 1);
        return sigmoid(position) / sigmoid(-1);
    }

    private static double sigmoid(double position) {
        return 2 / (1 + Math.exp(5 * position)) - 1;
    }
}
