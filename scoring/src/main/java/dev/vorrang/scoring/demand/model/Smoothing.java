package dev.vorrang.scoring.demand.model;

import java.util.Arrays;

/**
 * Simple exponential smoothing of a series at several rates (Brown, 1956; Hyndman and Athanasopoulos, Forecasting: Principles and
 * Practice, 3rd edition, section 8.1), and the rate whose one-step forecasts had the least squared error. Unknown periods are passed
 * over.
 */
final class Smoothing {

    /** From a level that hardly moves to the last value. */
    private static final double[] RATES = {0.03, 0.06, 0.12, 0.25, 0.45, 0.7, 0.97};

    static final int COUNT = RATES.length;

    private final double[] levels;
    private final int best;
    private final double[] before;
    private final double[] errors;

    private Smoothing(double[] levels, int best, double[] before, double[] errors) {
        this.levels = levels;
        this.best = best;
        this.before = before;
        this.errors = errors;
    }

    /**
     * @param series NaN: unknown
     * @param start level before the first period
     */
    static Smoothing of(double[] series, double start) {
        var levels = new double[COUNT];
        var squares = new double[COUNT];
        Arrays.fill(levels, start);
        // All rates at once: each alone waits for its level of the period before.
        for (double value : series) {
            if (!Double.isNaN(value)) {
                for (int rate = 0; rate < COUNT; rate++) {
                    double error = value - levels[rate];
                    squares[rate] += error * error;
                    levels[rate] += RATES[rate] * error;
                }
            }
        }
        int best = 0;
        for (int rate = 1; rate < COUNT; rate++) {
            best = squares[rate] < squares[best] ? rate : best;
        }
        return traced(series, start, levels, best);
    }

    /** At one rate alone. */
    static Smoothing slow(double[] series, double start) {
        return traced(series, start, new double[COUNT], 1);
    }

    private static Smoothing traced(double[] series, double start, double[] levels, int best) {
        var before = new double[series.length];
        var errors = new double[series.length];
        Arrays.fill(errors, Double.NaN);
        double level = start;
        for (int t = 0; t < series.length; t++) {
            before[t] = level;
            if (!Double.isNaN(series[t])) {
                errors[t] = series[t] - level;
                level += RATES[best] * errors[t];
            }
        }
        levels[best] = level;
        return new Smoothing(levels, best, before, errors);
    }

    /** The level now, at the best rate. */
    double level() {
        return levels[best];
    }

    /** The level now at a rate, by its number. */
    double level(int rate) {
        return levels[rate];
    }

    /** The level that each period was expected at, at the best rate. */
    double[] before() {
        return before;
    }

    /** One-step errors at the best rate; NaN where the period is unknown. */
    double[] errors() {
        return errors;
    }

    double rate() {
        return RATES[best];
    }
}
