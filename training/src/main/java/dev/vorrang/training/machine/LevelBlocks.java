package dev.vorrang.training.machine;

import java.util.function.IntPredicate;

/**
 * Means of blocks of rows of one series, which tell how many independent observations its levels are worth.
 *
 * @param means {@code [block][sensor]}, scaled, NaN where a block has no value
 */
record LevelBlocks(double[][] means) {

    private static final int ROWS = 10;
    /** A sensor whose blocks are all alike would have none. */
    private static final double MAX_CORRELATION = 0.98;

    static LevelBlocks of(MachineSeries series, Scale scale) {
        var means = new double[series.rows() / ROWS][scale.means().length];
        for (int block = 0; block < means.length; block++) {
            for (int i = 0; i < means[block].length; i++) {
                double sum = 0;
                int count = 0;
                for (int row = block * ROWS; row < (block + 1) * ROWS; row++) {
                    double value = series.values()[row][i];
                    if (!Double.isNaN(value)) {
                        sum += (value - scale.means()[i]) * scale.factors()[i];
                        count++;
                    }
                }
                means[block][i] = count == 0 ? Double.NaN : sum / count;
            }
        }
        return new LevelBlocks(means);
    }

    /**
     * For each sensor, n (1 - r) / (1 + r), the observations that n blocks of correlation r with their next are worth (Bayley and
     * Hammersley, 1946); r is one minus half of von Neumann's ratio, and 0 at least.
     *
     * @param counts which rows count
     */
    double[] independent(IntPredicate counts) {
        int sensors = means.length == 0 ? 0 : means[0].length;
        var independent = new double[sensors];
        for (int i = 0; i < sensors; i++) {
            independent[i] = independent(i, counts);
        }
        return independent;
    }

    private double independent(int sensor, IntPredicate counts) {
        int count = 0;
        double sum = 0;
        double squares = 0;
        int pairs = 0;
        double changes = 0;
        double before = Double.NaN;
        for (int block = 0; block < means.length; block++) {
            double mean = counts.test(block * ROWS) ? means[block][sensor] : Double.NaN;
            if (!Double.isNaN(mean)) {
                count++;
                sum += mean;
                squares += mean * mean;
                if (!Double.isNaN(before)) {
                    pairs++;
                    changes += (mean - before) * (mean - before);
                }
            }
            before = mean;
        }
        if (pairs == 0) {
            return count;
        }
        double variance = squares / count - (sum / count) * (sum / count);
        if (variance <= 1e-9) {
            return 1;
        }
        double correlation = Math.min(MAX_CORRELATION, Math.max(0, 1 - changes / pairs / (2 * variance)));
        return count * (1 - correlation) / (1 + correlation);
    }
}
