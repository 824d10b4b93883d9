package dev.vorrang.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities are what they say: of all verdicts given with 80 %, eight in ten should be right.
 *
 * @param bins bins that have a verdict, by rising confidence
 * @param expectedCalibrationError mean distance between confidence and accuracy of the bins, each weighing as many verdicts as it
 *     has (Guo et al., On Calibration of Modern Neural Networks, 2017), 0 to 1; NaN without verdicts
 */
public record Reliability(List<Bin> bins, double expectedCalibrationError) {

    /** Bins of equal width. */
    public static final int BINS = 10;

    /**
     * @param verdicts how many there are
     * @param confidence mean probability that they were given with
     * @param accuracy share of them that is right
     */
    public record Bin(int verdicts, double confidence, double accuracy) {}

    /**
     * @param confidences probability of each verdict, 0 to 1
     * @param right whether it is right
     */
    public static Reliability of(double[] confidences, boolean[] right) {
        var counts = new int[BINS];
        var sums = new double[BINS];
        var hits = new int[BINS];
        for (int i = 0; i < confidences.length; i++) {
            int bin = Math.min(BINS - 1, (int) (confidences[i] * BINS));
            counts[bin]++;
            sums[bin] += confidences[i];
            hits[bin] += right[i] ? 1 : 0;
        }
        var bins = new ArrayList<Bin>();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                bins.add(new Bin(counts[bin], sums[bin] / counts[bin], (double) hits[bin] / counts[bin]));
                error += Math.abs(sums[bin] - hits[bin]);
            }
        }
        return new Reliability(List.copyOf(bins), error / confidences.length);
    }
}
