package dev.vorrang.scoring.demand;

import dev.vorrang.scoring.demand.model.DemandPrediction;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What the last forecast of an item says of the next few periods, to hold against what arrives. Immutable.
 *
 * @param origin number of the first period forecast
 * @param levels of the quantiles
 * @param quantiles {@code [periods][levels]}
 * @param mean {@code [periods]}
 * @param largest largest quantity that was known when it was made, 0 or more
 */
record Expectation(long origin, float[] levels, float[][] quantiles, float[] mean, float largest) {

    /** More than one, for the forecast of a period may be missing. */
    static final int PERIODS = 4;

    private static final double HIGH = 0.9;
    private static final double MEDIAN = 0.5;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final int MAX_LEVELS = 1_000;

    static Expectation of(long origin, float[] levels, DemandPrediction prediction, float[] observed) {
        int periods = Math.min(PERIODS, prediction.horizon());
        float largest = 0;
        for (float quantity : observed) {
            largest = quantity > largest ? quantity : largest;
        }
        return new Expectation(
                origin,
                levels,
                Arrays.copyOf(prediction.quantiles(), periods),
                Arrays.copyOf(prediction.mean(), periods),
                largest);
    }

    boolean covers(long index) {
        return index >= origin && index < origin + mean.length;
    }

    private float[] at(long index) {
        return quantiles[(int) (index - origin)];
    }

    double mean(long index) {
        return mean[(int) (index - origin)];
    }

    /** Upper end of the interval of 80 %. */
    double high(long index) {
        return at(index)[nearest(levels, HIGH)];
    }

    double median(long index) {
        return at(index)[nearest(levels, MEDIAN)];
    }

    /** Place of the level that is nearest to one. */
    private static int nearest(float[] levels, double level) {
        int nearest = 0;
        for (int i = 1; i < levels.length; i++) {
            if (Math.abs(levels[i] - level) < Math.abs(levels[nearest] - level)) {
                nearest = i;
            }
        }
        return nearest;
    }

    /**
     * The quantity from which a period counts as a surge: so many times as far above the median as the interval of 80 %, whose distance
     * is at least that of a Poisson distribution of the same mean. Where half of the periods are empty, one order is no surge unless it
     * is larger than all before.
     *
     * @param times above 1
     */
    double surge(long index, double times) {
        double level = levels[nearest(levels, HIGH)];
        double poisson = NORMAL.inverseCumulativeProbability(level) * Math.sqrt(Math.max(1, mean(index)));
        double distance = Math.max(high(index) - median(index), poisson);
        double threshold = median(index) + times * distance;
        return median(index) > 0 ? threshold : Math.max(threshold, largest);
    }

    /**
     * How far a quantity lies from its forecast: the normal score of the middle of its probabilities, so that its mean is about 0 for a
     * right forecast, whatever the distribution and however often it is 0.
     */
    double score(long index, double quantity) {
        float[] row = at(index);
        int below = 0;
        while (below < row.length && row[below] < quantity) {
            below++;
        }
        int through = below;
        while (through < row.length && row[through] == quantity) {
            through++;
        }
        double least = below == 0 ? 0 : levels[below - 1];
        double most = through == row.length ? 1 : levels[through];
        if (through > below) {
            // A quantity that may have a probability of its own; below 0 there is nothing.
            least = below == 0 && quantity == 0 ? 0 : levels[below];
            most = levels[through - 1];
        } else if (below > 0 && below < row.length) {
            double part = (quantity - row[below - 1]) / (row[below] - row[below - 1]);
            least = most = least + part * (most - least);
        }
        return NORMAL.inverseCumulativeProbability((least + most) / 2);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(origin);
        out.writeShort(levels.length);
        for (float level : levels) {
            out.writeFloat(level);
        }
        out.writeByte(mean.length);
        for (int i = 0; i < mean.length; i++) {
            out.writeFloat(mean[i]);
            for (float quantile : quantiles[i]) {
                out.writeFloat(quantile);
            }
        }
        out.writeFloat(largest);
    }

    static Expectation read(DataInput in) throws IOException {
        long origin = in.readLong();
        var levels = new float[Stored.between("number of levels", in.readUnsignedShort(), 1, MAX_LEVELS)];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = in.readFloat();
        }
        int periods = Stored.between("number of forecast periods", in.readByte(), 0, PERIODS);
        var mean = new float[periods];
        var quantiles = new float[periods][levels.length];
        for (int i = 0; i < periods; i++) {
            mean[i] = in.readFloat();
            for (int level = 0; level < levels.length; level++) {
                quantiles[i][level] = in.readFloat();
            }
        }
        return new Expectation(origin, levels, quantiles, mean, in.readFloat());
    }
}
