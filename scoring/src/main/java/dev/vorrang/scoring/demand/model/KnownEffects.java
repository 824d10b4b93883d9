package dev.vorrang.scoring.demand.model;

/**
 * What the things known in advance, promotions and prices say, did to an item so far: for each a ridge regression of the deviations
 * from a slow level on its deviations from its mean, one after the other on what the others left over.
 */
final class KnownEffects {

    /** Counts as so many periods in which it differed and nothing happened. */
    private static final double RIDGE = 3;

    private final float[][] known;
    private final int history;
    private final double[] means;
    private final double[] deviations;
    private final double[] slopes;

    private KnownEffects(float[][] known, int history, int names) {
        this.known = known;
        this.history = history;
        this.means = new double[names];
        this.deviations = new double[names];
        this.slopes = new double[names];
    }

    /**
     * @param known {@code [history + horizon][names]}
     * @param errors deviations of the periods of the history from a slow level; NaN: unknown. Left as what is not explained
     */
    static KnownEffects of(float[][] known, double[] errors) {
        int names = known.length == 0 ? 0 : known[0].length;
        var effects = new KnownEffects(known, errors.length, names);
        for (int name = 0; name < names; name++) {
            effects.fit(name, errors);
        }
        return effects;
    }

    private void fit(int name, double[] errors) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int t = 0; t < history; t++) {
            double value = known[t][name];
            if (!Double.isNaN(value)) {
                sum += value;
                squares += value * value;
                count++;
            }
        }
        if (count == 0) {
            means[name] = Double.NaN;
            return;
        }
        means[name] = sum / count;
        double variance = Math.max(0, squares / count - means[name] * means[name]);
        deviations[name] = Math.sqrt(variance);
        double together = 0;
        double own = RIDGE * variance;
        for (int t = 0; t < history; t++) {
            if (!Double.isNaN(errors[t])) {
                together += errors[t] * deviation(name, t);
                own += deviation(name, t) * deviation(name, t);
            }
        }
        slopes[name] = own > 0 ? together / own : 0;
        for (int t = 0; t < history; t++) {
            errors[t] -= slopes[name] * deviation(name, t);
        }
    }

    int names() {
        return means.length;
    }

    /** What is known of a period, counted from the end of the history; NaN where nothing is. */
    double value(int name, int period) {
        int row = history + period;
        return row < 0 || row >= known.length ? Double.NaN : known[row][name];
    }

    /** In standard deviations of its history; 0 where it is unknown or never differed. */
    double standardised(int name, int period) {
        double value = value(name, period) - means[name];
        return Double.isNaN(value) || !(deviations[name] > 0) ? 0 : value / deviations[name];
    }

    /** What it adds in a period, counted from the end of the history. */
    double effect(int name, int period) {
        return slopes[name] * deviation(name, history + period);
    }

    /** What all of them add. */
    double effect(int period) {
        double sum = 0;
        for (int name = 0; name < slopes.length; name++) {
            sum += effect(name, period);
        }
        return sum;
    }

    private double deviation(int name, int row) {
        double value = row < 0 || row >= known.length ? Double.NaN : known[row][name] - means[name];
        return Double.isNaN(value) ? 0 : value;
    }
}
