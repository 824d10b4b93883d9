package dev.vorrang.training.demand;

import java.util.Arrays;

/** Simple forecasts that a model is measured against. All take a history, the oldest first, in which NaN is unknown. */
public final class Baselines {

    private static final double[] RATES = {0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99};
    /** One-sided 95 % of the normal distribution, as M4's test of seasonality has it. */
    private static final double SIGNIFICANT = 1.645;

    private Baselines() {}

    /** The value of the same place in the last season that is known; the last value known without one, 0 without any. */
    public static double[] seasonalNaive(float[] history, int season, int horizon) {
        var forecast = new double[horizon];
        for (int step = 0; step < horizon; step++) {
            int row = history.length - season + step % season;
            while (row >= 0 && Float.isNaN(history[row])) {
                row -= season;
            }
            forecast[step] = row >= 0 ? history[row] : last(history);
        }
        return forecast;
    }

    private static double last(float[] history) {
        for (int t = history.length - 1; t >= 0; t--) {
            if (!Float.isNaN(history[t])) {
                return history[t];
            }
        }
        return 0;
    }

    /**
     * Simple exponential smoothing (Brown, 1956), at the rate with the least squared one-step error; on the series without its season
     * where it has one.
     */
    public static double[] smoothing(float[] history, int season, int horizon) {
        double[] factors = seasonFactors(history, season);
        double level = smoothed(history, factors);
        var forecast = new double[horizon];
        for (int step = 0; step < horizon; step++) {
            forecast[step] = level * factors[Math.floorMod(step, factors.length)];
        }
        return forecast;
    }

    private static double smoothed(float[] history, double[] factors) {
        double best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double rate : RATES) {
            double level = Double.NaN;
            double squares = 0;
            for (int t = 0; t < history.length; t++) {
                double value = history[t] / factors[Math.floorMod(t - history.length, factors.length)];
                if (!Double.isNaN(value)) {
                    level = Double.isNaN(level) ? value : level;
                    double error = value - level;
                    squares += error * error;
                    level += rate * error;
                }
            }
            if (squares < least) {
                least = squares;
                best = Double.isNaN(level) ? 0 : level;
            }
        }
        return best;
    }

    /**
     * Naive2 of the M4 competition (Makridakis, Spiliotis and Assimakopoulos, 2020): the last value, of the series without its season
     * if that is significant.
     */
    public static double[] naive2(float[] history, int season, int horizon) {
        double[] factors = seasonFactors(history, season);
        double last = last(history) / factors[Math.floorMod(-1, factors.length)];
        var forecast = new double[horizon];
        for (int step = 0; step < horizon; step++) {
            forecast[step] = last * factors[Math.floorMod(step, factors.length)];
        }
        return forecast;
    }

    /**
     * Seasonal factors of the classical multiplicative decomposition, by the place after the end of the history.
     *
     * @return all 1 if the season is not significant at 90 %, the history is shorter than three seasons, has unknown periods or values
     *     that are not positive
     */
    static double[] seasonFactors(float[] history, int season) {
        var none = new double[Math.max(1, season)];
        Arrays.fill(none, 1);
        if (season < 2 || history.length < 3 * season || !isSeasonal(history, season)) {
            return none;
        }
        var sums = new double[season];
        var counts = new int[season];
        int half = season / 2;
        for (int t = half; t < history.length - half; t++) {
            double trend = movingAverage(history, t, season);
            int place = Math.floorMod(t - history.length, season);
            if (!(history[t] > 0) || !(trend > 0)) {
                return none;
            }
            sums[place] += history[t] / trend;
            counts[place]++;
        }
        double all = 0;
        for (int place = 0; place < season; place++) {
            sums[place] /= counts[place];
            all += sums[place];
        }
        for (int place = 0; place < season; place++) {
            sums[place] *= season / all;
            if (!(sums[place] > 1e-3)) {
                return none;
            }
        }
        return sums;
    }

    /** Centred; over an even season the two ends count half. */
    private static double movingAverage(float[] history, int centre, int season) {
        int half = season / 2;
        double sum = 0;
        for (int t = centre - half; t <= centre + half; t++) {
            boolean end = season % 2 == 0 && (t == centre - half || t == centre + half);
            sum += end ? history[t] / 2.0 : history[t];
        }
        return sum / season;
    }

    private static boolean isSeasonal(float[] history, int season) {
        double mean = 0;
        for (float value : history) {
            mean += value / history.length;
        }
        double own = 0;
        for (float value : history) {
            own += (value - mean) * (value - mean);
        }
        double squares = 0;
        for (int lag = 1; lag < season; lag++) {
            double correlation = correlation(history, mean, lag) / own;
            squares += correlation * correlation;
        }
        double limit = SIGNIFICANT * Math.sqrt((1 + 2 * squares) / history.length);
        return Math.abs(correlation(history, mean, season) / own) > limit;
    }

    private static double correlation(float[] history, double mean, int lag) {
        double sum = 0;
        for (int t = lag; t < history.length; t++) {
            sum += (history[t] - mean) * (history[t - lag] - mean);
        }
        return sum;
    }
}
