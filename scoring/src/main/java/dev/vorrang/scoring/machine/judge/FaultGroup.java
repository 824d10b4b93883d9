package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sensors that are off together since some time: an open anomaly. The first of them is the one to blame most. For one thread. */
final class FaultGroup {

    final long start;
    final boolean standing;
    final int horizon;
    final List<Integer> sensors = new ArrayList<>();
    final List<Double> evidence = new ArrayList<>();
    /** Largest average residual of the first sensor. */
    double size;

    double peak;
    long peakTime;
    /** Running states in which it shows. */
    int states;

    double quietMs;
    double unseenMs;
    double reportedPeak;
    int reportedSensors;
    long reported;

    FaultGroup(long start, boolean standing, int horizon) {
        this.start = start;
        this.standing = standing;
        this.horizon = horizon;
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
        out.writeDouble(size);
        out.writeDouble(peak);
        out.writeLong(peakTime);
        out.writeInt(states);
        out.writeDouble(quietMs);
        out.writeDouble(unseenMs);
        out.writeDouble(reportedPeak);
        out.writeInt(reportedSensors);
        out.writeLong(reported);
    }

    static FaultGroup read(DataInput in) throws IOException {
        var group = new FaultGroup(in.readLong(), in.readBoolean(), in.readInt());
        int count = StateIo.checked(in.readInt());
        for (int i = 0; i < count; i++) {
            group.sensors.add(in.readInt());
            group.evidence.add(in.readDouble());
        }
        group.size = in.readDouble();
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
