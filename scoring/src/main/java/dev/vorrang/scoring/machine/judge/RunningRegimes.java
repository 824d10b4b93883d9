package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The running state that a machine is in, and what is normal for it while it moves and while it stands. For one thread.
 */
final class RunningRegimes {

    /** Blocks after a change of state that are not judged. */
    private static final int TRANSITION = 5;

    private final RunningStates states = new RunningStates();
    private Regime moving = new Regime();
    private Regime standing = new Regime();
    /** See {@link RunningStates#still}; as of the last block. */
    private int still;

    private int state = RunningStates.NONE;
    private int since;
    private int begun = RunningStates.NONE;

    /** Begins with what others have learned; running states are found anew. */
    void begin(List<RunningRegimes> others) {
        states.begin(others.stream().map(other -> other.states).toList());
        moving.begin(others.stream().map(other -> other.moving).toList());
        standing.begin(others.stream().map(other -> other.standing).toList());
    }

    /** Takes over how large residuals were of others that began so, too. */
    void calibrate(List<RunningRegimes> others) {
        moving.calibrate(others.stream().map(other -> other.moving).toList());
        standing.calibrate(others.stream().map(other -> other.standing).toList());
    }

    /** Forgets how far sensors are off at the moment. */
    void rest() {
        moving.rest();
        standing.rest();
    }

    /**
     * Finds the state of a block.
     *
     * @param values relative to the origins, NaN for none
     * @param origins of the sensors
     * @param faulty sensors that have no say
     * @param mayBegin whether a state may begin
     */
    void enter(double[] values, float[] origins, boolean[] faulty, boolean mayBegin) {
        boolean settled = settled();
        Regime last = current();
        int now = states.assign(values, origins, faulty, mayBegin);
        begun = states.begun();
        if (begun != RunningStates.NONE) {
            moving.forget(begun);
            standing.forget(begun);
        }
        tellStanding();
        if (now != state && settled) {
            // A part of the last block was of this state.
            last.takeBack();
        }
        since = now == state ? since + 1 : 0;
        if (since == 0) {
            state = now;
            moving.interrupt();
            standing.interrupt();
        }
    }

    /** Until a machine has moved, what it does looks like moving. */
    private void tellStanding() {
        still = states.still();
        if (moving.knowsOnly(still)) {
            Regime swapped = moving;
            moving = standing;
            standing = swapped;
        }
    }

    /** The running state of the last block; {@link RunningStates#NONE} if it is in none yet. */
    int state() {
        return state;
    }

    /** A state that has begun with the last block; its number may have been another state's. {@link RunningStates#NONE} if none has. */
    int begun() {
        return begun;
    }

    /** Whether the machine stands. */
    boolean isStanding() {
        return state != RunningStates.NONE && (still & 1 << state) != 0;
    }

    /** Whether its state is known and has not just changed. */
    boolean settled() {
        return state != RunningStates.NONE && since >= TRANSITION;
    }

    /** What is normal in the state of the last block. */
    Regime current() {
        return of(isStanding());
    }

    Regime of(boolean whileStanding) {
        return whileStanding ? standing : moving;
    }

    /** Usual residual of a block of a sensor while the machine moves; 0 while little is known. */
    double usual(int sensor) {
        return moving.scales().usual(sensor);
    }

    /** The row of a block, for either regime. */
    float[] row(double[] values, long time, double elapsedMs) {
        float[] row = moving.row(values, time, elapsedMs);
        standing.row(values, time, elapsedMs);
        return row;
    }

    /** Other sensors are faulty now. */
    void faultsChanged() {
        moving.faultsChanged();
        standing.faultsChanged();
    }

    void grow(int sensors, double blockMs) {
        moving.grow(sensors, blockMs);
        standing.grow(sensors, blockMs);
    }

    void write(DataOutput out) throws IOException {
        states.write(out);
        moving.write(out);
        standing.write(out);
    }

    /**
     * Reads into one that has grown to as many sensors.
     *
     * @param version of the judgement
     */
    void read(DataInput in, int version) throws IOException {
        states.read(in, version);
        still = states.still();
        moving.read(in, version);
        standing.read(in, version);
    }

    void writeState(DataOutput out) throws IOException {
        out.writeInt(state);
        out.writeInt(since);
    }

    void readState(DataInput in) throws IOException {
        state = in.readInt();
        since = in.readInt();
    }
}
