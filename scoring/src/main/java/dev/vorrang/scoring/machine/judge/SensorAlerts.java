package dev.vorrang.scoring.machine.judge;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The open alerts of one kind about single sensors. For one thread. */
final class SensorAlerts {

    private static final long NONE = Long.MIN_VALUE;

    private final AlertKind kind;
    private long[] starts = {};

    SensorAlerts(AlertKind kind) {
        this.kind = kind;
    }

    /** Raises or clears the alert of a sensor, where that changes something. */
    void set(int sensor, String name, boolean open, long since, long time, List<Judgement.Change> changes) {
        if (sensor >= starts.length) {
            int before = starts.length;
            starts = Arrays.copyOf(starts, sensor + 1);
            Arrays.fill(starts, before, starts.length, NONE);
        }
        boolean was = starts[sensor] != NONE;
        if (open == was) {
            return;
        }
        long start = was ? starts[sensor] : since;
        starts[sensor] = open ? since : NONE;
        changes.add(change(open ? AlertState.RAISED : AlertState.CLEARED, name, start, time));
    }

    /** The change that clears the alert of a sensor; empty if it is not open. Changes nothing itself. */
    Optional<Judgement.Change> cleared(int sensor, String name, long time) {
        return sensor >= starts.length || starts[sensor] == NONE
                ? Optional.empty()
                : Optional.of(change(AlertState.CLEARED, name, starts[sensor], time));
    }

    private Judgement.Change change(AlertState state, String name, long start, long time) {
        return new Judgement.Change(kind, state, name, start, time, 1, start, Map.of(name, 1f));
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(starts.length);
        for (long start : starts) {
            out.writeLong(start);
        }
    }

    void read(DataInput in) throws IOException {
        starts = new long[StateIo.checked(in.readInt())];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = in.readLong();
        }
    }
}
