package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Sensors that are off together since some time: an open anomaly. The first of them is the one to blame most. For one thread. */
final class FaultGroup {

    private static final double CLEAR_MS = 1_800_000;
    private static final double FORGET_MS = 3 * 86_400_000.0;
    /** Part of its largest residual above which it is there still. */
    private static final double STILL_THERE = 0.4;
    /** How much stronger it must be to be told again. */
    private static final double STRONGER = 1.5;

    final long start;
    final boolean standing;
    final int horizon;
    final List<Integer> sensors = new ArrayList<>();
    final List<Double> evidence = new ArrayList<>();
    /** Largest average residual of the first sensor on each horizon. */
    private final double[] largest = new double[ResidualScales.HORIZONS];

    double peak;
    long peakTime;
    /** Running states in which it shows. */
    int states;

    private double quietMs;
    private double unseenMs;
    private double reportedPeak;
    private int reportedSensors;
    long reported;

    FaultGroup(long start, boolean standing, int horizon) {
        this.start = start;
        this.standing = standing;
        this.horizon = horizon;
    }

    private double size() {
        return largest[horizon];
    }

    /** Largest average residual of its first sensor on each horizon. Not to be changed. */
    double[] largest() {
        return largest;
    }

    void add(int sensor) {
        sensors.add(sensor);
        evidence.add(0.0);
    }

    /** Notes the evidence of its sensor at a place. */
    void note(int place, double now, long time) {
        evidence.set(place, Math.max(evidence.get(place), now));
        if (now > peak) {
            peak = now;
            peakTime = time;
        }
    }

    /** Notes the evidence of all of its sensors. */
    void note(double[] ofSensors, long time) {
        for (int place = 0; place < sensors.size(); place++) {
            note(place, ofSensors[sensors.get(place)], time);
        }
    }

    /** Whether it is stronger, or has more sensors, than was told. */
    boolean hasGrown() {
        return peak > STRONGER * reportedPeak || sensors.size() > reportedSensors;
    }

    /** Whether a residual of its first sensor says that it is there. */
    boolean isThere(double residual) {
        return residual > STILL_THERE * size();
    }

    /** Whether its first sensor was off at the last block. */
    boolean isSeen() {
        return quietMs == 0 && unseenMs == 0;
    }

    /** Whether it has not been seen for days, after a block in which it cannot show. */
    boolean isForgotten(double blockMs) {
        unseenMs += blockMs;
        return unseenMs >= FORGET_MS;
    }

    /**
     * Whether its first sensor has been back for half an hour in states in which it was off, or for days in others.
     *
     * @param state running state of the block
     * @param residual size of the first sensor's average residual on a horizon
     * @param scale its usual size there
     */
    boolean isOver(int state, IntToDoubleFunction residual, IntToDoubleFunction scale, double blockMs) {
        for (int each = 0; each < largest.length; each++) {
            largest[each] = Math.max(largest[each], residual.applyAsDouble(each));
        }
        // The shortest horizon on which it would stand out: it tells soonest that the sensor is back.
        int shortest = 0;
        while (shortest < horizon && 3 * scale.applyAsDouble(shortest) > size()) {
            shortest++;
        }
        if (isThere(residual.applyAsDouble(shortest))) {
            states |= 1 << state;
            quietMs = 0;
            unseenMs = 0;
        } else if ((states >> state & 1) != 0) {
            quietMs += blockMs;
        } else {
            unseenMs += blockMs;
        }
        return quietMs >= CLEAR_MS || unseenMs >= FORGET_MS;
    }

    /** Notes what a change at this time has told. */
    void reportedAt(long time) {
        reported = time;
        reportedPeak = peak;
        reportedSensors = sensors.size();
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(start);
        out.writeBoolean(standing);
        out.writeInt(horizon);
        out.writeInt(sensors.size());
        for (int i = 0; i < sensors.size(); i++) {
            out.writeInt(sensors.get(i));
            out.writeDouble(evidence.get(i));
        }
        for (double each : largest) {
            out.writeDouble(each);
        }
        out.writeDouble(peak);
        out.writeLong(peakTime);
        out.writeInt(states);
        out.writeDouble(quietMs);
        out.writeDouble(unseenMs);
        out.writeDouble(reportedPeak);
        out.writeInt(reportedSensors);
        out.writeLong(reported);
    }

    /** @param version of the judgement; version 1 knows the size on the group's horizon alone */
    static FaultGroup read(DataInput in, int version) throws IOException {
        var group = new FaultGroup(in.readLong(), in.readBoolean(), in.readInt());
        int count = StateIo.checked(in.readInt());
        for (int i = 0; i < count; i++) {
            group.sensors.add(in.readInt());
            group.evidence.add(in.readDouble());
        }
        if (version == 1) {
            group.largest[group.horizon] = in.readDouble();
        } else {
            for (int each = 0; each < group.largest.length; each++) {
                group.largest[each] = in.readDouble();
            }
        }
        group.peak = in.readDouble();
        group.peakTime = in.readLong();
        group.states = in.readInt();
        group.quietMs = in.readDouble();
        group.unseenMs = in.readDouble();
        group.reportedPeak = in.readDouble();
        group.reportedSensors = in.readInt();
        group.reported = in.readLong();
        return group;
    }
}
