package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Tells whether a sensor repeats one value for much longer than it ever did in the machine's running state. A state in which most sensors
 * stand still makes none stuck. For one thread.
 */
final class StuckWatch {

    private static final int STATES = RunningStates.MAX_STATES;
    private static final int MIN_CHANGES = 20;
    private static final int MIN_STEPS = 20;
    private static final float MIN_MS = 300_000;
    /** Part of the least time of a stuck sensor from which others count as standing still with it. */
    private static final double STILL = 2 / 3.0;

    private static final int LONGER = 3;
    /** So many times the length of a run must have been seen of a state. */
    private static final int SEEN = 8;

    private float[] last = {};
    private float[] run = {};
    private int[] steps = {};
    private int[] runState = {};
    private float[] longest = {};
    private int[] changes = {};
    private final float[] seen = new float[STATES];
    private boolean[] stuck = {};

    /**
     * Takes a sample.
     *
     * @param values relative to the origins, NaN for none
     * @param state running state, or {@link RunningStates#NONE}
     * @param elapsed time since the sample before, in ms
     * @param interval usual time between two samples, in ms; 0 while it is not known
     * @param standing whether the machine stands in that state
     */
    void add(double[] values, int state, long elapsed, long interval, boolean standing) {
        grow(values.length);
        if (state != RunningStates.NONE) {
            seen[state] += elapsed;
        }
        // Where several begin to stand still at a time, the machine does. Not all need to begin at the same sample.
        boolean machine = standing || still(values, interval) > Math.max(1, values.length / 5);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                add(i, (float) values[i], state, elapsed, machine);
            }
        }
    }

    /** Sensors that repeat their value at this sample, and have done so for most of the time after which one may be stuck. */
    private int still(double[] values, long interval) {
        double least = STILL * Math.max(MIN_STEPS, interval > 0 ? MIN_MS / interval : 0);
        int still = 0;
        for (int i = 0; i < values.length; i++) {
            boolean repeats = (float) values[i] == last[i] && steps[i] + 1 >= least;
            still += repeats && changes(i) >= MIN_CHANGES && !stuck[i] ? 1 : 0;
        }
        return still;
    }

    private int changes(int sensor) {
        int sum = 0;
        for (int state = 0; state < STATES; state++) {
            sum += changes[sensor * STATES + state];
        }
        return sum;
    }

    private void add(int i, float value, int state, long elapsed, boolean standing) {
        boolean counts = state != RunningStates.NONE && !standing;
        if (value != last[i]) {
            endRun(i);
            last[i] = value;
            steps[i] = 1;
            stuck[i] = false;
            if (state != RunningStates.NONE) {
                changes[i * STATES + state] = Math.min(changes[i * STATES + state] + 1, MIN_CHANGES);
            }
            return;
        }
        steps[i]++;
        if (stuck[i]) {
            run[i] += elapsed;
            return;
        }
        if (!counts || state != runState[i]) {
            // What stands still now begins to count when the machine moves.
            endRun(i);
            runState[i] = counts ? state : RunningStates.NONE;
        }
        if (counts) {
            run[i] += elapsed;
            int place = i * STATES + state;
            stuck[i] = changes[place] >= MIN_CHANGES
                    && steps[i] >= MIN_STEPS
                    && run[i] >= MIN_MS
                    && run[i] >= LONGER * longest[place]
                    && seen[state] >= SEEN * run[i];
        }
    }

    private void endRun(int i) {
        if (!stuck[i] && runState[i] != RunningStates.NONE) {
            int place = i * STATES + runState[i];
            longest[place] = Math.max(longest[place], run[i]);
        }
        run[i] = 0;
        runState[i] = RunningStates.NONE;
    }

    /** Forgets what is of the moment. */
    void rest() {
        for (int i = 0; i < last.length; i++) {
            endRun(i);
            last[i] = Float.NaN;
            steps[i] = 0;
            stuck[i] = false;
        }
    }

    boolean stuck(int sensor) {
        return sensor < stuck.length && stuck[sensor];
    }

    /** Takes a sensor's standing still as normal; it must vary again to be stuck again. */
    void accept(int sensor) {
        for (int place = sensor * STATES; place < (sensor + 1) * STATES; place++) {
            longest[place] = Math.max(longest[place], run[sensor]);
            changes[place] = 0;
        }
        stuck[sensor] = false;
        run[sensor] = 0;
        runState[sensor] = RunningStates.NONE;
    }

    /** For how long the sensor has repeated its value while the machine moved. */
    long runMs(int sensor) {
        return (long) run[sensor];
    }

    /** Forgets what was seen of a state, whose number another one has now. */
    void reset(int state) {
        seen[state] = 0;
        for (int i = 0; i < last.length; i++) {
            endRun(i);
            longest[i * STATES + state] = 0;
            changes[i * STATES + state] = 0;
        }
    }

    private void grow(int sensors) {
        int before = last.length;
        if (sensors > before) {
            last = Arrays.copyOf(last, sensors);
            Arrays.fill(last, before, sensors, Float.NaN);
            run = Arrays.copyOf(run, sensors);
            steps = Arrays.copyOf(steps, sensors);
            runState = Arrays.copyOf(runState, sensors);
            Arrays.fill(runState, before, sensors, RunningStates.NONE);
            longest = Arrays.copyOf(longest, sensors * STATES);
            changes = Arrays.copyOf(changes, sensors * STATES);
            stuck = Arrays.copyOf(stuck, sensors);
        }
    }

    void write(DataOutput out) throws IOException {
        StateIo.write(out, last);
        StateIo.write(out, run);
        StateIo.write(out, steps);
        StateIo.write(out, runState);
        StateIo.write(out, longest);
        StateIo.write(out, changes);
        StateIo.write(out, seen);
        for (boolean each : stuck) {
            out.writeBoolean(each);
        }
    }

    void read(DataInput in) throws IOException {
        last = StateIo.readFloats(in);
        run = StateIo.readFloats(in);
        steps = StateIo.readInts(in);
        runState = StateIo.readInts(in);
        longest = StateIo.readFloats(in);
        changes = StateIo.readInts(in);
        System.arraycopy(StateIo.readFloats(in), 0, seen, 0, STATES);
        stuck = new boolean[last.length];
        for (int i = 0; i < stuck.length; i++) {
            stuck[i] = in.readBoolean();
        }
    }
}
