package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a sensor's values come and go, or stay away, more often than they used to: by the share of samples without a value in the
 * last half hour. For one thread.
 */
final class DropoutWatch {

    private static final double RECENT_MS = 1_800_000;
    private static final double LONG_MS = 7 * 86_400_000.0;
    private static final double LEAST_SHARE = 0.12;
    private static final double TIMES = 3;
    private static final double CLEAR_SHARE = 0.04;
    private static final int KNOWN_MS = 3_600_000;
    private static final int MIN_VALUES = 20;
    /** For so long counts what others have learned. */
    private static final float BEGINNING_MS = 43_200_000;

    private float[] recent = {};
    private float[] usual = {};
    private float[] known = {};
    private int[] values = {};
    private boolean[] open = {};

    /** Begins with how often others have no value. */
    void begin(List<DropoutWatch> others) {
        grow(others.get(0).usual.length);
        for (DropoutWatch other : others) {
            for (int i = 0; i < usual.length; i++) {
                usual[i] += other.usual[i] / others.size();
                known[i] += Math.min(other.known[i], BEGINNING_MS) / others.size();
            }
        }
    }

    /** Forgets what is of the moment. */
    void rest() {
        Arrays.fill(recent, 0);
        Arrays.fill(open, false);
    }

    /**
     * Takes a sample.
     *
     * @param sample values, NaN for none
     * @param elapsed time since the sample before, in ms
     */
    void add(double[] sample, long elapsed) {
        grow(sample.length);
        double step = -Math.expm1(-elapsed / RECENT_MS);
        for (int i = 0; i < sample.length; i++) {
            boolean missing = Double.isNaN(sample[i]);
            values[i] += !missing && values[i] < MIN_VALUES ? 1 : 0;
            recent[i] += (float) (step * ((missing ? 1 : 0) - recent[i]));
            known[i] += (float) Math.min(elapsed, RECENT_MS);
            boolean sends = values[i] >= MIN_VALUES && known[i] > KNOWN_MS;
            open[i] = sends && recent[i] > (open[i] ? CLEAR_SHARE : LEAST_SHARE) + TIMES * usual[i];
            if (!open[i]) {
                double weight = Math.max(elapsed / LONG_MS, Math.min(1, elapsed / (double) Math.max(1, known[i])));
                usual[i] += (float) (Math.min(1, weight) * ((missing ? 1 : 0) - usual[i]));
            }
        }
    }

    boolean open(int sensor) {
        return sensor < open.length && open[sensor];
    }

    /** Takes as normal how often a sensor has no value now. */
    void accept(int sensor) {
        usual[sensor] = Math.max(usual[sensor], recent[sensor]);
        open[sensor] = false;
    }

    private void grow(int sensors) {
        if (sensors > recent.length) {
            recent = Arrays.copyOf(recent, sensors);
            usual = Arrays.copyOf(usual, sensors);
            known = Arrays.copyOf(known, sensors);
            values = Arrays.copyOf(values, sensors);
            open = Arrays.copyOf(open, sensors);
        }
    }

    void write(DataOutput out) throws IOException {
        StateIo.write(out, recent);
        StateIo.write(out, usual);
        StateIo.write(out, known);
        StateIo.write(out, values);
        for (boolean each : open) {
            out.writeBoolean(each);
        }
    }

    void read(DataInput in) throws IOException {
        recent = StateIo.readFloats(in);
        usual = StateIo.readFloats(in);
        known = StateIo.readFloats(in);
        values = StateIo.readInts(in);
        open = new boolean[recent.length];
        for (int i = 0; i < open.length; i++) {
            open[i] = in.readBoolean();
        }
    }
}
