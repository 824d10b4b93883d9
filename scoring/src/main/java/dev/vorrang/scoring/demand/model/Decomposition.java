package dev.vorrang.scoring.demand.model;

/**
 * A series as level, season, effects of what is known in advance, and errors. The base forecast of a period is their sum; what a model
 * learns is how to mend it. Every number here moves and scales with the series.
 */
final class Decomposition {

    private static final double TREND_RATE = 0.1;
    private static final double DAMPING = 0.97;
    /** An item with one period is taken to scatter by half of its demand, one with many as it did. */
    private static final double FIRST_SCATTER = 0.5;

    private static final double LEAST_SCATTER = 1e-4;

    final double[] series;
    final int season;
    final int longSeason;
    final SeasonalProfile profile;
    final KnownEffects effects;
    /** Of the series without season and effects. */
    final Smoothing smoothing;
    /** Of the series as it is. */
    final Smoothing raw;
    /** Mean of the absolute values. */
    final double size;
    /** Mean of the values. */
    final double mean;
    /** Mean absolute one-step error: the unit in which models answer. */
    final double scale;

    final int observed;
    final double slope;
    final double dampedLevel;
    final double dampedTrend;

    private final double[] plain;

    Decomposition(double[] series, float[][] known, DemandFrame frame, double typical) {
        this.series = series;
        season = frame.season();
        longSeason = frame.longSeason();
        double sum = 0;
        double absolute = 0;
        int count = 0;
        for (double value : series) {
            if (!Double.isNaN(value)) {
                sum += value;
                absolute += Math.abs(value);
                count++;
            }
        }
        observed = count;
        size = count == 0 ? typical : absolute / count;
        mean = count == 0 ? typical : sum / count;
        profile = SeasonalProfile.of(series, season);
        plain = new double[series.length];
        for (int t = 0; t < plain.length; t++) {
            plain[t] = series[t] - profile.added()[profile.place(t - plain.length)];
        }
        double start = start(plain);
        effects = KnownEffects.of(known, Smoothing.slow(plain, start).errors());
        if (effects.names() > 0) {
            for (int t = 0; t < plain.length; t++) {
                plain[t] -= effects.effect(t - plain.length);
            }
        }
        smoothing = Smoothing.of(plain, start);
        raw = season > 1 ? Smoothing.of(series, start(series)) : smoothing;
        scale = scale();
        slope = slope();
        double[] damped = damped(start);
        dampedLevel = damped[0];
        dampedTrend = damped[1];
    }

    /** Mean of the first known values. */
    private double start(double[] values) {
        double sum = 0;
        int count = 0;
        for (int t = 0; t < values.length && count < 5; t++) {
            if (!Double.isNaN(values[t])) {
                sum += values[t];
                count++;
            }
        }
        return count == 0 ? mean : sum / count;
    }

    private double scale() {
        double sum = 0;
        for (double error : smoothing.errors()) {
            if (!Double.isNaN(error)) {
                sum += Math.abs(error);
            }
        }
        double squared = (double) observed * observed;
        double scatter = (observed * sum + FIRST_SCATTER * size) / (squared + 1);
        return Math.max(scatter, LEAST_SCATTER * size);
    }

    /** Rise of the least-squares line through the series without season. */
    private double slope() {
        double middle = (plain.length - 1) / 2.0;
        double together = 0;
        double own = 0;
        for (int t = 0; t < plain.length; t++) {
            if (!Double.isNaN(plain[t])) {
                together += (t - middle) * (plain[t] - mean);
                own += (t - middle) * (t - middle);
            }
        }
        return observed < 4 ? 0 : together / own;
    }

    /** Level and trend of damped-trend smoothing (Gardner and McKenzie, 1985), at the best rate of the level. */
    private double[] damped(double start) {
        double level = start;
        double trend = 0;
        double rate = smoothing.rate();
        for (double value : plain) {
            double expected = level + DAMPING * trend;
            double error = Double.isNaN(value) ? 0 : value - expected;
            level = expected + rate * error;
            trend = DAMPING * trend + TREND_RATE * rate * error;
        }
        return new double[] {level, trend};
    }

    /** Season and effects of a period, counted from the end of the history: 0 for the first that is forecast. */
    double added(int period) {
        return profile.added()[profile.place(period)] + effects.effect(period);
    }

    /** The base forecast. */
    double base(int period) {
        return smoothing.level() + added(period);
    }

    double damped(int period) {
        double sum = 0;
        double factor = DAMPING;
        for (int step = 0; step <= period && factor > 1e-3; step++) {
            sum += factor;
            factor *= DAMPING;
        }
        return dampedLevel + dampedTrend * sum + added(period);
    }

    /**
     * The value so many seasons before a period.
     *
     * @param back the first season before the period that lies in the history has the number 1
     * @return NaN if it is unknown or before the history
     */
    double lag(int period, int length, int back) {
        int row = row(period, length, back);
        return row < 0 ? Double.NaN : series[row];
    }

    /** The same, moved and as much higher as the level is now. */
    double levelledLag(int period, int length, int back) {
        int row = row(period, length, back);
        return row < 0 ? Double.NaN : series[row] - smoothing.before()[row] + smoothing.level();
    }

    private int row(int period, int length, int back) {
        return length == 0 ? -1 : series.length + period - (period / length + back) * length;
    }
}
