package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far a sensor's level is from where it used to be, and how surprising that is. What lies far off moves the usual level
 * little, and counts little as known: so a machine that degrades stays odd for longer than a passing surprise. For one thread.
 */
final class SensorShift {

    static final int BYTES = 20 + 8 + TailSurprise.BYTES;

    private static final double SHORT_WEIGHT = 1 - Math.pow(0.5, 1 / 8.0);
    private static final double LONG_RUN_WEIGHT = 1.0 / 3_000;
    private static final int MIN_VALUES = 50;
    /** Values that are further off, in standard deviations, are taken as if they were no further (Winsor). */
    private static final double MAX_DEVIATIONS = 2;
    /** Sensors that merely swing and are noisy are no further off. */
    private static final double MIN_DISTANCE = 3;

    private final RunningMoments usual = new RunningMoments(LONG_RUN_WEIGHT);
    private final TailSurprise tail = new TailSurprise(0.05);
    private double level;

    /**
     * Takes a value.
     *
     * @return how surprising the level is: 0 where it is near the usual one, about 1 where it never was so far off
     */
    double observe(double value) {
        int count = usual.count();
        level += Math.max(SHORT_WEIGHT, 1.0 / (count + 1)) * (value - level);
        double deviation = Math.sqrt(usual.variance()) + 1e-9 * Math.abs(usual.mean()) + 1e-12;
        if (count < MIN_VALUES) {
            usual.add(value);
            return 0;
        }
        double distance = Math.abs(level - usual.mean()) / deviation;
        double most = MAX_DEVIATIONS * deviation;
        usual.add(Math.max(usual.mean() - most, Math.min(usual.mean() + most, value)));
        double surprise = tail.of(distance);
        return distance < MIN_DISTANCE ? 0 : surprise;
    }

    void write(DataOutput out) throws IOException {
        usual.write(out);
        tail.write(out);
        out.writeDouble(level);
    }

    /** @param allBins see {@link TailSurprise#read} */
    void read(DataInput in, boolean allBins) throws IOException {
        usual.read(in);
        tail.read(in, allBins);
        level = in.readDouble();
    }
}
