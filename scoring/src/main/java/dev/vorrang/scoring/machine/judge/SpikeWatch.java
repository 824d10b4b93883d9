package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Counts a sensor's spikes: values far off that return within three samples to where they came from. Tells whether there are more in the
 * last hours than there used to be. For one thread.
 */
final class SpikeWatch {

    private static final int MAX_STEPS = 3;
    private static final double NOISES = 15;
    private static final double LEAST_OF_LEVEL = 0.05;
    private static final double RETURNED = 0.3;
    private static final double NOISE_WEIGHT = 1 / 300.0;
    private static final int KNOWN_STEPS = 200;
    private static final double[] WINDOWS_MS = {3_600_000, 8 * 3_600_000.0};
    private static final double[] COUNTS = {2.4, 4.5};
    private static final double TIMES = 4;
    private static final double LONG_MS = 14 * 86_400_000.0;
    private static final double CLEAR = 0.4;
    /** Time that a machine has run before anything is said. */
    private static final double KNOWN_MS = 8 * 3_600_000;

    private float[] before = {};
    private float[] peak = {};
    private int[] steps = {};
    private float[] noise = {};
    private int[] known = {};
    private float[] counts = {};
    private float[] usual = {};
    private boolean[] open = {};
    private float age;

    /** Begins with how noisy others are, and how often they have spikes. */
    void begin(List<SpikeWatch> others) {
        grow(others.get(0).noise.length);
        int count = others.size();
        for (SpikeWatch other : others) {
            age += other.age / count;
            for (int i = 0; i < noise.length; i++) {
                noise[i] += other.noise[i] / count;
                usual[i] += other.usual[i] / count;
                known[i] += other.known[i] / count;
            }
        }
    }

    /** Forgets what is of the moment. */
    void rest() {
        Arrays.fill(before, Float.NaN);
        Arrays.fill(steps, 0);
        Arrays.fill(counts, 0);
        Arrays.fill(open, false);
    }

    /**
     * Takes a sample.
     *
     * @param values NaN for none
     * @param levels largest usual value of each sensor
     * @param elapsed time since the sample before, in ms
     * @param settled whether the machine runs and its state has not just changed
     */
    void add(double[] values, double[] levels, long elapsed, boolean settled) {
        grow(values.length);
        age = Math.min(age + (settled ? elapsed : 0), (float) LONG_MS);
        for (int i = 0; i < values.length; i++) {
            for (int window = 0; window < WINDOWS_MS.length; window++) {
                counts[2 * i + window] *= (float) Math.exp(-elapsed / WINDOWS_MS[window]);
            }
            boolean spike = !Double.isNaN(values[i]) && step(i, (float) values[i], levels[i], settled);
            count(i, spike && settled, elapsed);
        }
    }

    /** Whether a spike ends with this value. */
    private boolean step(int i, float value, double level, boolean settled) {
        if (Float.isNaN(before[i])) {
            before[i] = value;
            return false;
        }
        float off = Math.abs(value - before[i]);
        boolean far = known[i] >= KNOWN_STEPS && off > Math.max(NOISES * noise[i], LEAST_OF_LEVEL * level);
        if (steps[i] > 0) {
            boolean returned = off < RETURNED * peak[i];
            if (returned || ++steps[i] > MAX_STEPS) {
                steps[i] = 0;
                before[i] = value;
                return returned;
            }
            peak[i] = Math.max(peak[i], off);
            return false;
        }
        if (far) {
            steps[i] = 1;
            peak[i] = off;
            return false;
        }
        if (settled && off > 0) {
            known[i] = Math.min(known[i] + 1, KNOWN_STEPS);
            double weight = Math.max(NOISE_WEIGHT, 1.0 / known[i]);
            noise[i] += (float) (weight * (off - noise[i]));
        }
        before[i] = value;
        return false;
    }

    private void count(int i, boolean spike, long elapsed) {
        boolean many = false;
        boolean some = false;
        for (int window = 0; window < WINDOWS_MS.length; window++) {
            counts[2 * i + window] += spike ? 1 : 0;
            double expected = usual[i] * WINDOWS_MS[window];
            many |= counts[2 * i + window] > COUNTS[window] + TIMES * expected;
            some |= window == 0 && counts[2 * i] > CLEAR + TIMES * expected;
        }
        open[i] = age > KNOWN_MS && (many || open[i] && some);
        if (!open[i]) {
            double weight = Math.min(1, elapsed / Math.max(age, 86_400_000.0));
            usual[i] += (float) (weight * ((spike ? 1.0 / Math.max(1, elapsed) : 0) - usual[i]));
        }
    }

    boolean open(int sensor) {
        return sensor < open.length && open[sensor];
    }

    /** Takes as normal how often a sensor has spikes now. */
    void accept(int sensor) {
        for (int window = 0; window < WINDOWS_MS.length; window++) {
            usual[sensor] = (float) Math.max(usual[sensor], counts[2 * sensor + window] / WINDOWS_MS[window]);
            counts[2 * sensor + window] = 0;
        }
        open[sensor] = false;
    }

    private void grow(int sensors) {
        int already = before.length;
        if (sensors > already) {
            before = Arrays.copyOf(before, sensors);
            Arrays.fill(before, already, sensors, Float.NaN);
            peak = Arrays.copyOf(peak, sensors);
            steps = Arrays.copyOf(steps, sensors);
            noise = Arrays.copyOf(noise, sensors);
            known = Arrays.copyOf(known, sensors);
            counts = Arrays.copyOf(counts, 2 * sensors);
            usual = Arrays.copyOf(usual, sensors);
            open = Arrays.copyOf(open, sensors);
        }
    }

    void write(DataOutput out) throws IOException {
        for (float[] each : new float[][] {before, peak, noise, counts, usual, {age}}) {
            StateIo.write(out, each);
        }
        StateIo.write(out, steps);
        StateIo.write(out, known);
        for (boolean each : open) {
            out.writeBoolean(each);
        }
    }

    void read(DataInput in) throws IOException {
        before = StateIo.readFloats(in);
        peak = StateIo.readFloats(in);
        noise = StateIo.readFloats(in);
        counts = StateIo.readFloats(in);
        usual = StateIo.readFloats(in);
        age = StateIo.readFloats(in)[0];
        steps = StateIo.readInts(in);
        known = StateIo.readInts(in);
        open = new boolean[before.length];
        for (int i = 0; i < open.length; i++) {
            open[i] = in.readBoolean();
        }
    }
}
