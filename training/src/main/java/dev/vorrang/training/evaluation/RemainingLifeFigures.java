package dev.vorrang.training.evaluation;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How far predictions of the remaining life are from the truth, in its unit. All are NaN without predictions.
 *
 * @param rows predictions
 * @param rmse root of the mean squared error
 * @param mae mean absolute error
 * @param bias mean of prediction minus truth; above 0 the model says too long
 * @param nasaScore sum over the predictions of the score of the PHM 2008 challenge, which punishes too long more than too short
 *     (Saxena et al., Damage Propagation Modeling for Aircraft Engine Run-to-Failure Simulation, 2008): exp(-d/13) - 1 where d =
 *     prediction - truth is below 0, else exp(d/10) - 1
 * @param coverage share of the truths within their interval, bounds included; NaN where there are no intervals
 * @param width mean width of the intervals; NaN where there are none
 */
public record RemainingLifeFigures(
        int rows, double rmse, double mae, double bias, double nasaScore, double coverage, double width) {

    private static final double TOO_SHORT = 13;
    private static final double TOO_LONG = 10;

    /**
     * A prediction.
     *
     * @param truth the true remaining life
     * @param expected the predicted one
     * @param lower lower bound of its interval, NaN where there is none
     * @param upper upper bound of its interval, NaN where there is none
     */
    public record Prediction(double truth, double expected, double lower, double upper) {

        /** How much the model says too long. */
        public double error() {
            return expected - truth;
        }

        boolean hasInterval() {
            return !Double.isNaN(lower) && !Double.isNaN(upper);
        }

        boolean covers() {
            return truth >= lower && truth <= upper;
        }
    }

    public static RemainingLifeFigures of(List<Prediction> predictions) {
        double[] errors = predictions.stream().mapToDouble(Prediction::error).toArray();
        double[] absolute =
                predictions.stream().mapToDouble(one -> Math.abs(one.error())).toArray();
        double[] scores =
                predictions.stream().mapToDouble(one -> nasaScore(one.error())).toArray();
        List<Prediction> intervals =
                predictions.stream().filter(Prediction::hasInterval).toList();
        return new RemainingLifeFigures(
                errors.length,
                Math.sqrt(StatUtils.sumSq(errors) / errors.length),
                StatUtils.mean(absolute),
                StatUtils.mean(errors),
                StatUtils.sum(scores),
                StatUtils.mean(intervals.stream()
                        .mapToDouble(one -> one.covers() ? 1 : 0)
                        .toArray()),
                StatUtils.mean(intervals.stream()
                        .mapToDouble(one -> one.upper() - one.lower())
                        .toArray()));
    }

    private static double nasaScore(double error) {
        return Math.expm1(error < 0 ? -error / TOO_SHORT : error / TOO_LONG);
    }
}
