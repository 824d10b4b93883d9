package dev.vorrang.training.evaluation;

import java.util.Arrays;
import java.util.List;

/** Errors of the forecasts of one item, summed as they come. For one thread. */
public final class ForecastErrors {

    private static final double LOWER = 0.1;
    private static final double UPPER = 0.9;
    private static final double MEDIAN = 0.5;

    private final String item;
    private final double[] levels;
    private final int lower;
    private final int upper;
    private final int median;
    private final double squaredStep;
    private final double seasonalStep;
    private int count;
    private double actual;
    private double ofMean;
    private double ofMeanSquared;
    private double ofMedian;
    private double symmetric;
    private double pinball;
    private int covered;

    /**
     * @param levels of the quantiles, rising, with 0.1, 0.5 and 0.9 among them
     * @param history of the item before the first forecast: what its errors are scaled by; NaN: unknown
     * @param season periods of a season for MASE, 1 or more
     */
    public ForecastErrors(String item, List<Double> levels, float[] history, int season) {
        this.item = item;
        this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
        lower = place(levels, LOWER);
        upper = place(levels, UPPER);
        median = place(levels, MEDIAN);
        squaredStep = step(history, 1, 2);
        seasonalStep = step(history, season, 1);
    }

    private static int place(List<Double> levels, double level) {
        int place = levels.indexOf(level);
        if (place < 0) {
            throw new IllegalArgumentException("levels " + levels + ": " + level + " must be among them");
        }
        return place;
    }

    /** Mean of a power of the change over so many periods; NaN if there is none. */
    private static double step(float[] history, int periods, int power) {
        double sum = 0;
        int steps = 0;
        for (int t = periods; t < history.length; t++) {
            double change = Math.abs(history[t] - history[t - periods]);
            if (!Double.isNaN(change)) {
                sum += power == 2 ? change * change : change;
                steps++;
            }
        }
        return steps == 0 ? Double.NaN : sum / steps;
    }

    /**
     * Adds a forecast of one period.
     *
     * @param truth what came; nothing is added for NaN
     * @param quantiles by level
     */
    public void add(float truth, float mean, float[] quantiles) {
        if (Float.isNaN(truth)) {
            return;
        }
        count++;
        actual += Math.abs(truth);
        ofMean += Math.abs(truth - mean);
        ofMeanSquared += (double) (truth - mean) * (truth - mean);
        double missed = Math.abs(truth - quantiles[median]);
        ofMedian += missed;
        double size = Math.abs(truth) + Math.abs(quantiles[median]);
        symmetric += size == 0 ? 0 : 2 * missed / size;
        double sum = 0;
        for (int level = 0; level < levels.length; level++) {
            double over = (double) truth - quantiles[level];
            sum += 2 * Math.max(levels[level] * over, (levels[level] - 1) * over);
        }
        pinball += sum / levels.length;
        covered += truth >= quantiles[lower] && truth <= quantiles[upper] ? 1 : 0;
    }

    /** Adds a forecast that is one number. */
    public void add(float truth, double point) {
        var quantiles = new float[levels.length];
        Arrays.fill(quantiles, (float) point);
        add(truth, (float) point, quantiles);
    }

    public String item() {
        return item;
    }

    /** Periods that were forecast, and whose demand is known. */
    public int count() {
        return count;
    }

    /** Sum of the demand, without its sign. */
    public double actual() {
        return actual;
    }

    /** Sum of the absolute errors of the mean. */
    public double ofMean() {
        return ofMean;
    }

    /** Sum of the absolute errors of the median. */
    public double ofMedian() {
        return ofMedian;
    }

    /** Twice the pinball loss, mean over the levels, summed. */
    public double pinball() {
        return pinball;
    }

    /** Periods whose demand lay in the interval from 0.1 to 0.9. */
    public int covered() {
        return covered;
    }

    /**
     * Root of the mean squared error of the mean, over that of the naive forecast of one period in the history (RMSSE; Makridakis,
     * Spiliotis and Assimakopoulos, The M5 competition, 2022).
     *
     * @return NaN if nothing was forecast, or the history never changes
     */
    public double rmsse() {
        return count == 0 || !(squaredStep > 0) ? Double.NaN : Math.sqrt(ofMeanSquared / count / squaredStep);
    }

    /**
     * Mean absolute error of the median, over that of the seasonal naive forecast in the history (MASE; Hyndman and Koehler, Another
     * look at measures of forecast accuracy, 2006).
     *
     * @return NaN if nothing was forecast, or the history never changes
     */
    public double mase() {
        return count == 0 || !(seasonalStep > 0) ? Double.NaN : ofMedian / count / seasonalStep;
    }

    /** Mean of twice the error of the median over the sum of both sizes, 0 where both are 0 (sMAPE, as M4 has it), 0 to 2. */
    public double smape() {
        return count == 0 ? Double.NaN : symmetric / count;
    }

    /** Absolute error of the mean over the demand (WAPE) of the item; NaN if there was no demand. */
    public double wape() {
        return actual > 0 ? ofMean / actual : Double.NaN;
    }
}
