package dev.vorrang.training.evaluation;

import dev.vorrang.training.machine.NabScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * How well alarms match true anomalies. Rates are NaN where there is nothing to divide by.
 *
 * @param threshold a row of this score or above is an alarm
 * @param truePositives alarms in true windows, in rows
 * @param falsePositives alarms elsewhere
 * @param falseNegatives rows of true windows without an alarm
 * @param trueNegatives all other rows
 * @param windows true windows
 * @param delays rows from the beginning of each window that has an alarm to its first alarm
 * @param nab what the Numenta Anomaly Benchmark gives; empty where there are no windows
 */
public record AnomalyFigures(
        double threshold,
        long truePositives,
        long falsePositives,
        long falseNegatives,
        long trueNegatives,
        int windows,
        List<Integer> delays,
        Optional<Nab> nab) {

    /**
     * Rows of one machine, or of one group of it, in the order of their time.
     *
     * @param scores score of each row; NaN where there is none, which is no alarm
     * @param odd whether the row is in a true window
     */
    public record Series(double[] scores, boolean[] odd) {
        public Series {
            if (scores.length != odd.length) {
                throw new IllegalArgumentException(
                        "series of " + scores.length + " scores and " + odd.length + " truths: allowed are as many");
            }
        }

        /** First and last row of each true window. */
        public List<int[]> windows() {
            var windows = new ArrayList<int[]>();
            for (int row = 0; row < odd.length; row++) {
                if (odd[row] && (row == 0 || !odd[row - 1])) {
                    windows.add(new int[] {row, row});
                } else if (odd[row]) {
                    windows.get(windows.size() - 1)[1] = row;
                }
            }
            return windows;
        }
    }

    /**
     * Scores of the Numenta Anomaly Benchmark with its standard profile.
     *
     * @param score with the threshold that was given
     * @param best with the threshold that suits best, which nobody knows beforehand
     */
    public record Nab(double score, NabScore.Best best) {}

    public AnomalyFigures {
        delays = List.copyOf(delays);
    }

    /**
     * Compares.
     *
     * @param threshold a row of this score or above is an alarm
     */
    public static AnomalyFigures of(List<Series> series, double threshold) {
        var counts = new long[4];
        var delays = new ArrayList<Integer>();
        var scored = new ArrayList<NabScore.Scored>();
        int windows = 0;
        for (Series one : series) {
            for (int row = 0; row < one.scores().length; row++) {
                counts[(one.odd()[row] ? 2 : 0) + (one.scores()[row] >= threshold ? 1 : 0)]++;
            }
            List<int[]> bounds = one.windows();
            windows += bounds.size();
            for (int[] window : bounds) {
                firstAlarm(one, window, threshold).ifPresent(alarm -> delays.add(alarm - window[0]));
            }
            scored.add(new NabScore.Scored(
                    Arrays.stream(one.scores())
                            .map(score -> Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score)
                            .toArray(),
                    bounds));
        }
        Optional<Nab> nab = windows == 0
                ? Optional.empty()
                : Optional.of(new Nab(NabScore.at(scored, threshold), NabScore.best(scored)));
        return new AnomalyFigures(threshold, counts[3], counts[1], counts[2], counts[0], windows, delays, nab);
    }

    private static Optional<Integer> firstAlarm(Series series, int[] window, double threshold) {
        for (int row = window[0]; row <= window[1]; row++) {
            if (series.scores()[row] >= threshold) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** Share of the alarms that are in a true window. */
    public double precision() {
        return (double) truePositives / (truePositives + falsePositives);
    }

    /** Share of the rows of true windows that have an alarm. */
    public double recall() {
        return (double) truePositives / (truePositives + falseNegatives);
    }

    /** Harmonic mean of precision and recall. */
    public double f1() {
        return 2.0 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
    }

    /** Share of the rows outside of true windows that have an alarm. */
    public double falseAlarmRate() {
        return (double) falsePositives / (falsePositives + trueNegatives);
    }

    /** Share of the rows of true windows that have none. */
    public double missedAlarmRate() {
        return (double) falseNegatives / (truePositives + falseNegatives);
    }

    /** Mean of the delays, in rows. */
    public double meanDelay() {
        return delayStatistics().getMean();
    }

    /** Median of the delays, in rows. */
    public double medianDelay() {
        return delayStatistics().getPercentile(50);
    }

    private DescriptiveStatistics delayStatistics() {
        return new DescriptiveStatistics(
                delays.stream().mapToDouble(Integer::doubleValue).toArray());
    }
}
