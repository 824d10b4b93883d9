package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What is kept of one sensor to tell whether it is stuck, and in which unit it measures. For one thread. */
final class SensorTrack {

    /** A sensor that changed less often may just be one that seldom changes. */
    private static final int MIN_CHANGES = 20;
    /** A sensor that has stood still before may stand still again, somewhat longer. */
    private static final int LONGER = 3;

    private String unit = "";
    private double last = Double.NaN;
    private int run;
    private int longestRun;
    private int changes;
    private double sum;
    private int count;

    /** Whether a value in this unit can be compared with those before; the first unit stays, an empty one tells nothing. */
    boolean accepts(String valueUnit) {
        if (unit.isEmpty()) {
            unit = valueUnit;
        }
        return valueUnit.isEmpty() || unit.equals(valueUnit);
    }

    String unit() {
        return unit;
    }

    /** Adds a value to the step that is being collected. */
    void collect(double value) {
        sum += value;
        count++;
    }

    /** Closes the step: mean of what was collected, NaN if nothing was. */
    double close() {
        if (count == 0) {
            return Double.NaN;
        }
        double value = count == 1 ? sum : sum / count;
        sum = 0;
        count = 0;
        note(value);
        return value;
    }

    private void note(double value) {
        if (value == last) {
            run = Math.min(run + 1, Integer.MAX_VALUE - 1);
            return;
        }
        if (run > 0) {
            longestRun = Math.max(longestRun, run);
            changes = Math.min(changes + 1, MIN_CHANGES);
        }
        last = value;
        run = 1;
    }

    /** Whether it repeats one value for much longer than it ever did. */
    boolean stuck(int stuckAfter) {
        return changes >= MIN_CHANGES && run >= Math.max(stuckAfter, (long) LONGER * longestRun);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(unit);
        out.writeDouble(last);
        out.writeInt(run);
        out.writeInt(longestRun);
        out.writeInt(changes);
        out.writeDouble(sum);
        out.writeInt(count);
    }

    void read(DataInput in) throws IOException {
        unit = in.readUTF();
        last = in.readDouble();
        run = in.readInt();
        longestRun = in.readInt();
        changes = in.readInt();
        sum = in.readDouble();
        count = in.readInt();
    }
}
