package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Anomalies of each sensor that went away by themselves lately. What does so again and again is a way of the machine, of which people have
 * been told (a chattering alarm, ISA 18.2): from then on a residual is one only if it is larger than those were. All of it fades within
 * weeks. For one thread.
 */
final class Recurrence {

    private static final int HORIZONS = ResidualScales.HORIZONS;
    /** Moving and standing. */
    private static final int REGIMES = 2;

    /** So many alerts are told before it is one. */
    private static final int TOLD = 3;

    /** By how much the largest one must be exceeded. */
    private static final double FACTOR = 1.35;

    private static final double MEMORY_MS = 14 * 86_400_000.0;

    private float[] counts = {};
    private float[] largest = {};
    /** The same of all that are over, however few. Not kept in the state. */
    private float[] overs = {};

    void grow(int sensors) {
        counts = Arrays.copyOf(counts, sensors);
        largest = Arrays.copyOf(largest, sensors * REGIMES * HORIZONS);
        overs = Arrays.copyOf(overs, largest.length);
    }

    /** Takes all that others had for a way of machines like it. */
    void begin(List<Recurrence> others) {
        for (Recurrence other : others) {
            for (int i = 0; i < largest.length; i++) {
                largest[i] = Math.max(largest[i], other.overs[i]);
            }
        }
    }

    /** Lets time pass. */
    void pass(double elapsedMs) {
        float kept = (float) Math.exp(-elapsedMs / MEMORY_MS);
        for (int i = 0; i < counts.length; i++) {
            counts[i] *= kept;
        }
        for (int i = 0; i < largest.length; i++) {
            largest[i] *= kept;
        }
    }

    /**
     * Notes that an anomaly is over.
     *
     * @param sensor the first that was to blame
     * @param residuals the largest of it on each horizon
     */
    void over(int sensor, boolean standing, double[] residuals) {
        counts[sensor]++;
        for (int horizon = 0; horizon < HORIZONS; horizon++) {
            int place = place(sensor, standing, horizon);
            overs[place] = Math.max(overs[place], (float) residuals[horizon]);
            if (counts[sensor] > TOLD - 0.5) {
                largest[place] = Math.max(largest[place], (float) residuals[horizon]);
            }
        }
    }

    /** Residual above which one is an anomaly all the same; 0 where none recurs. */
    double limit(int sensor, boolean standing, int horizon) {
        return FACTOR * largest[place(sensor, standing, horizon)];
    }

    private static int place(int sensor, boolean standing, int horizon) {
        return (sensor * REGIMES + (standing ? 1 : 0)) * HORIZONS + horizon;
    }

    void write(DataOutput out) throws IOException {
        StateIo.write(out, counts);
        StateIo.write(out, largest);
    }

    void read(DataInput in) throws IOException {
        counts = StateIo.readFloats(in);
        largest = StateIo.readFloats(in);
        overs = new float[largest.length];
    }
}
