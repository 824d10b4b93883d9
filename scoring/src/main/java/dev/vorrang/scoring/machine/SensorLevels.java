package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A sensor's averages on five scales, and how far a value, its change, its level and its spread are from the usual, each in units
 * of how far they usually are. For one thread.
 */
final class SensorLevels {

    /** Distances that are told: spike, value, change, range, short and long shift of level, more spread, less spread, repeats. */
    static final int DISTANCES = 9;

    static final int BYTES = 20 + 5 * 8 + 11 * 8 + 4;

    private static final double[] HALF_LIVES = {2, 8, 32, 128, 512};
    private static final double[] WEIGHTS = weights(HALF_LIVES);
    private static final double SPREAD_WEIGHT = weight(16);
    private static final double MEDIUM_WEIGHT = weight(128);
    private static final double LONG_WEIGHT = weight(512);
    private static final double LONG_RUN_WEIGHT = 1.0 / 3_000;
    /** Part of the standard deviation that every usual distance has at least, so that quiet times do not make noise odd. */
    private static final double MIN_SHARE = 0.02;

    private static final int NUMBERS = 11;
    private static final int LAST = 0;
    private static final int LOWEST = 1;
    private static final int HIGHEST = 2;
    private static final int CHANGE = 3;
    private static final int SHORT_SPREAD = 4;
    private static final int LONG_SPREAD = 5;
    private static final int SPIKE = 6;
    private static final int SLOW_VARIANCE = 7;
    private static final int SHORT_SHIFT = 8;
    private static final int LONG_SHIFT = 9;
    private static final int NUMBER_OF_REPEATS = 10;

    private final RunningMoments all = new RunningMoments(LONG_RUN_WEIGHT);
    private final double[] means = new double[HALF_LIVES.length];
    private final double[] of = new double[NUMBERS];
    private int count;

    /** Mean, standard deviation, smallest unit, and spread about the slow mean, as they were before the value. */
    private double mean;

    private double deviation;
    private double least;
    private double slowDeviation;

    private static double weight(double halfLife) {
        return 1 - Math.pow(0.5, 1 / halfLife);
    }

    private static double[] weights(double[] halfLives) {
        var weights = new double[halfLives.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(halfLives[i]);
        }
        return weights;
    }

    int count() {
        return count;
    }

    double mean() {
        return mean;
    }

    double deviation() {
        return deviation + least;
    }

    double slowDeviation() {
        return slowDeviation;
    }

    double mean(int scale) {
        return means[scale];
    }

    /** How much the value varies now, over how much it usually does. */
    double spread() {
        return Math.sqrt(of[SHORT_SPREAD]) / (Math.sqrt(of[LONG_SPREAD]) + MIN_SHARE * deviation + least);
    }

    void first(double value) {
        Arrays.fill(means, value);
        of[LAST] = value;
        of[LOWEST] = value;
        of[HIGHEST] = value;
        remember(value);
    }

    /** Takes a value, not the first one, into all but the overall mean and deviation. */
    void observe(double value, double[] distances) {
        mean = all.mean();
        deviation = Math.sqrt(all.variance());
        least = 1e-9 * Math.abs(mean) + 1e-12;
        slowDeviation = Math.max(Math.sqrt(of[SLOW_VARIANCE]), 1e-3 * deviation) + least;
        double floor = MIN_SHARE * deviation + least;
        double spike = Math.abs(value - means[1]);
        double change = value - of[LAST];
        double offSlow = value - means[4];
        distances[0] = spike / (of[SPIKE] + floor);
        distances[1] = Math.abs(value - mean) / (deviation + least);
        distances[2] = Math.abs(change) / (of[CHANGE] + floor);
        distances[3] = beyond(value);
        for (int i = 0; i < means.length; i++) {
            means[i] = moved(means[i], value, WEIGHTS[i]);
        }
        double shortShift = Math.abs(means[1] - means[3]);
        double longShift = Math.abs(means[2] - means[4]);
        distances[4] = shortShift / (of[SHORT_SHIFT] + floor);
        distances[5] = longShift / (of[LONG_SHIFT] + floor);
        update(SPIKE, spike, MEDIUM_WEIGHT);
        update(SLOW_VARIANCE, offSlow * offSlow, LONG_WEIGHT);
        update(SHORT_SHIFT, shortShift, LONG_WEIGHT);
        update(LONG_SHIFT, longShift, LONG_RUN_WEIGHT);
        update(CHANGE, Math.abs(change), LONG_WEIGHT);
        update(SHORT_SPREAD, change * change, SPREAD_WEIGHT);
        update(LONG_SPREAD, change * change, LONG_WEIGHT);
        double little = 1e-4 * deviation * deviation + least * least;
        double ratio = Math.log((of[SHORT_SPREAD] + little) / (of[LONG_SPREAD] + little));
        distances[6] = Math.max(0, ratio);
        distances[7] = Math.max(0, -ratio);
        boolean same = Math.abs(change) <= 1e-9 * (Math.abs(value) + 1e-9);
        of[NUMBER_OF_REPEATS] = same ? of[NUMBER_OF_REPEATS] + 1 : 0;
        distances[8] = of[NUMBER_OF_REPEATS] / 4;
    }

    /** By how much of the range so far the value lies outside of it. */
    private double beyond(double value) {
        double range = of[HIGHEST] - of[LOWEST];
        double outside = Math.max(0, Math.max(value - of[HIGHEST], of[LOWEST] - value));
        if (range > least) {
            return outside / range;
        }
        return outside > least ? 10 : 0;
    }

    private void update(int number, double value, double weight) {
        of[number] = moved(of[number], value, weight);
    }

    private double moved(double old, double value, double weight) {
        return old + Math.max(weight, 1.0 / (count + 1)) * (value - old);
    }

    /** Takes the value into the overall mean and deviation: what was usual before it is needed until then. */
    void remember(double value) {
        all.add(value);
        of[LAST] = value;
        of[LOWEST] = Math.min(of[LOWEST], value);
        of[HIGHEST] = Math.max(of[HIGHEST], value);
        count = Math.min(count, Integer.MAX_VALUE - 2) + 1;
    }

    void write(DataOutput out) throws IOException {
        all.write(out);
        out.writeInt(count);
        for (double value : means) {
            out.writeDouble(value);
        }
        for (double value : of) {
            out.writeDouble(value);
        }
    }

    void read(DataInput in) throws IOException {
        all.read(in);
        count = in.readInt();
        for (int i = 0; i < means.length; i++) {
            means[i] = in.readDouble();
        }
        for (int i = 0; i < of.length; i++) {
            of[i] = in.readDouble();
        }
    }
}
