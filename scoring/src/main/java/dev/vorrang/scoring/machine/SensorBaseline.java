package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a sensor usually reads: over the last days, and at this hour of the day. Tells how far a value is from both, in standard
 * deviations. At most {@value #BYTES} bytes. For one thread.
 */
public final class SensorBaseline {

    /** Numbers that are told of a value: 1 where there is one, the distance from the usual, the distance from the hour's usual. */
    public static final int FEATURES = 3;

    /** Size of the state. */
    public static final int BYTES = 25 * 20;

    private static final int HOURS = 24;
    private static final long HOUR_MS = 3_600_000;
    private static final double LONG_WEIGHT = 2.0 / 1_501;
    private static final double HOUR_WEIGHT = 0.02;
    /** Values before anything is said. */
    private static final int LEAST_VALUES = 20;

    private static final int LEAST_VALUES_OF_HOUR = 11;
    /** Values that differ by less than this part of the mean are alike. */
    private static final double RELATIVE_NOISE = 1e-3;

    private static final double ABSOLUTE_NOISE = 1e-12;
    /** Part of the variance over all hours that the variance of an hour has at least: a few values tell too little of it. */
    private static final double SHARED_VARIANCE = 0.05;

    private final RunningMoments all = new RunningMoments(LONG_WEIGHT);
    private final RunningMoments[] hours = new RunningMoments[HOURS];

    public SensorBaseline() {
        for (int hour = 0; hour < HOURS; hour++) {
            hours[hour] = new RunningMoments(HOUR_WEIGHT);
        }
    }

    /**
     * Takes a value.
     *
     * @param value finite, or NaN where there is none
     * @param time in ms since 1970
     * @param features takes {@link #FEATURES} numbers; all are 0 where nothing can be said
     * @param at place of the first
     */
    public void observe(double value, long time, float[] features, int at) {
        features[at] = 0;
        features[at + 1] = 0;
        features[at + 2] = 0;
        if (Double.isNaN(value)) {
            return;
        }
        RunningMoments hour = hours[(int) Math.floorMod(Math.floorDiv(time, HOUR_MS), (long) HOURS)];
        if (all.count() >= LEAST_VALUES) {
            features[at] = 1;
            features[at + 1] = distance(value, all.mean(), all.variance());
            if (hour.count() >= LEAST_VALUES_OF_HOUR) {
                features[at + 2] = distance(value, hour.mean(), hour.variance() + SHARED_VARIANCE * all.variance());
            }
        }
        all.add(value);
        hour.add(value);
    }

    private static float distance(double value, double mean, double variance) {
        double noise = RELATIVE_NOISE * mean;
        double distance = (value - mean) / Math.sqrt(variance + noise * noise + ABSOLUTE_NOISE);
        return (float) Math.max(-1e6, Math.min(1e6, distance));
    }

    public void write(DataOutput out) throws IOException {
        all.write(out);
        for (RunningMoments hour : hours) {
            hour.write(out);
        }
    }

    /** @throws IOException if what is read cannot have been written */
    public void read(DataInput in) throws IOException {
        all.read(in);
        for (RunningMoments hour : hours) {
            hour.read(in);
        }
    }
}
