package dev.vorrang.scoring.demand.model;

/**
 * What each place in the season adds to the level, and what it multiplies it by: means over the cycles, later cycles with more weight,
 * shrunken towards no season where there are few of them.
 *
 * @param added by place, in the unit of the series
 * @param factor by place; 1 throughout if a cycle has no positive mean
 */
record SeasonalProfile(double[] added, double[] factor) {

    private static final double DECAY = 0.75;
    private static final double SHRINKAGE = 0.3;

    /**
     * @param series NaN: unknown
     * @param season periods of a cycle; cycles are counted back from the end
     */
    static SeasonalProfile of(double[] series, int season) {
        var added = new double[season];
        var factor = new double[season];
        var weights = new double[season];
        int cycles = season <= 1 ? 0 : series.length / season;
        double weight = 1;
        boolean positive = true;
        for (int cycle = 0; cycle < cycles; cycle++) {
            int from = series.length - (cycle + 1) * season;
            double mean = mean(series, from, from + season);
            positive &= mean > 0;
            for (int place = 0; place < season; place++) {
                double value = series[from + place];
                if (!Double.isNaN(value)) {
                    added[place] += weight * (value - mean);
                    factor[place] += mean > 0 ? weight * value / mean : weight;
                    weights[place] += weight;
                }
            }
            weight *= DECAY;
        }
        for (int place = 0; place < season; place++) {
            added[place] /= weights[place] + SHRINKAGE;
            factor[place] = positive ? (factor[place] + SHRINKAGE) / (weights[place] + SHRINKAGE) : 1;
        }
        return new SeasonalProfile(added, factor);
    }

    /** Place of a period, counted from the end of the series: 0 for the first that is forecast, negative before it. */
    int place(int period) {
        return Math.floorMod(period, added.length);
    }

    private static double mean(double[] series, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int t = from; t < to; t++) {
            if (!Double.isNaN(series[t])) {
                sum += series[t];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
