package dev.vorrang.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities are what they say: of all answers given with 80 %, eight in ten should be right.
 *
 * @param bins bins that have an answer, by rising confidence
 * @param expectedCalibrationError mean distance between confidence and accuracy of the bins, each weighing as many answers as it
 *     has (Guo et al., On Calibration of Modern Neural Networks, 2017), 0 to 1; NaN without answers
 * @param errorByChance that error as it would be on average if every probability were right: few answers never come out as
 *     often as they should. For a bin whose answers have the probabilities p it is √(2/π · Σ p(1 - p)), the mean absolute deviation of
 *     a normal distribution; NaN without answers
 */
public record Reliability(List<Bin> bins, double expectedCalibrationError, double errorByChance) {

    /** Bins of equal width, where nothing else is asked for. */
    public static final int BINS = 10;

    /**
     * @param answers how many there are
     * @param confidence mean probability that they were given with
     * @param accuracy share of them that is right
     */
    public record Bin(int answers, double confidence, double accuracy) {}

    /** Compares in {@link #BINS} bins. */
    public static Reliability of(double[] confidences, boolean[] right) {
        return of(confidences, right, BINS);
    }

    /**
     * Compares.
     *
     * @param confidences probability of each answer, 0 to 1
     * @param right whether it is right
     * @param wanted bins of equal width, 1 or more
     */
    public static Reliability of(double[] confidences, boolean[] right, int wanted) {
        var counts = new int[wanted];
        var sums = new double[wanted];
        var hits = new int[wanted];
        var variances = new double[wanted];
        for (int i = 0; i < confidences.length; i++) {
            int bin = Math.min(wanted - 1, (int) (confidences[i] * wanted));
            counts[bin]++;
            sums[bin] += confidences[i];
            hits[bin] += right[i] ? 1 : 0;
            variances[bin] += confidences[i] * (1 - confidences[i]);
        }
        var bins = new ArrayList<Bin>();
        double error = 0;
        double byChance = 0;
        for (int bin = 0; bin < wanted; bin++) {
            if (counts[bin] > 0) {
                bins.add(new Bin(counts[bin], sums[bin] / counts[bin], (double) hits[bin] / counts[bin]));
                error += Math.abs(sums[bin] - hits[bin]);
                byChance += Math.sqrt(2 / Math.PI * variances[bin]);
            }
        }
        return new Reliability(List.copyOf(bins), error / confidences.length, byChance / confidences.length);
    }
}
