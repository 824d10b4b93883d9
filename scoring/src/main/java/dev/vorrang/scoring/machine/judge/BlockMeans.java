package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Puts samples of any rate together into blocks of up to a minute: six intervals of the samples, a minute at most, one interval at least.
 * A block's value of a sensor is its mean without its lowest and highest value, so that a single spike moves no mean. For one thread.
 */
final class BlockMeans {

    private static final long MAX_LENGTH = 60_000;
    private static final int INTERVALS = 6;
    private static final int LEARNING_SAMPLES = 11;
    private static final long NEVER = Long.MIN_VALUE;

    private int samples;
    private long lastTime = NEVER;
    private int[] intervals = {};
    private long length;
    private long block = NEVER;
    private float[] origin = {};
    private boolean[] known = {};
    private double[] sum = {};
    private double[] lowest = {};
    private double[] highest = {};
    private int[] count = {};

    /**
     * A closed block.
     *
     * @param end in ms since 1970
     * @param values relative to each sensor's origin, NaN where the block has none
     */
    record Block(long end, double[] values) {}

    /** Forgets the samples of a block that is open. */
    void rest() {
        clear();
        block = NEVER;
        lastTime = NEVER;
    }

    /** Length of a block in ms; 0 while the interval of the samples is not known. */
    long length() {
        return length;
    }

    /** Usual time between two samples in ms; 0 while it is not known. */
    long interval() {
        return samples < LEARNING_SAMPLES ? 0 : intervals[0];
    }

    /** First value of each sensor; all values of blocks are relative to it. Not to be changed. */
    float[] origins() {
        return origin;
    }

    /** The block that this sample closes by being in a later one; null if it closes none. The sample itself is not in it. */
    Block add(long time, double[] values) {
        grow(values.length);
        learnInterval(time);
        Block closed = null;
        if (length > 0) {
            long number = Math.floorDiv(time, length);
            if (block != NEVER && number != block) {
                closed = close();
            }
            block = number;
        }
        for (int i = 0; i < values.length; i++) {
            collect(i, values[i]);
        }
        return closed;
    }

    private void collect(int i, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        if (!known[i]) {
            known[i] = true;
            origin[i] = (float) value;
        }
        double relative = value - origin[i];
        sum[i] += relative;
        lowest[i] = Math.min(lowest[i], relative);
        highest[i] = Math.max(highest[i], relative);
        count[i]++;
    }

    private void learnInterval(long time) {
        if (samples < LEARNING_SAMPLES) {
            if (lastTime != NEVER) {
                intervals = Arrays.copyOf(intervals, intervals.length + 1);
                intervals[intervals.length - 1] = (int) Math.max(1, Math.min(Integer.MAX_VALUE, time - lastTime));
            }
            if (++samples == LEARNING_SAMPLES) {
                Arrays.sort(intervals);
                intervals = new int[] {intervals[intervals.length / 2]};
                length = Math.max(intervals[0], Math.min(MAX_LENGTH, (long) INTERVALS * intervals[0]));
            }
        }
        lastTime = time;
    }

    private Block close() {
        var values = new double[sum.length];
        for (int i = 0; i < values.length; i++) {
            if (count[i] == 0) {
                values[i] = Double.NaN;
            } else if (count[i] < 4) {
                values[i] = sum[i] / count[i];
            } else {
                values[i] = (sum[i] - lowest[i] - highest[i]) / (count[i] - 2);
            }
        }
        clear();
        return new Block((block + 1) * length, values);
    }

    private void clear() {
        Arrays.fill(sum, 0);
        Arrays.fill(count, 0);
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
    }

    private void grow(int sensors) {
        int before = sum.length;
        if (sensors > before) {
            origin = Arrays.copyOf(origin, sensors);
            known = Arrays.copyOf(known, sensors);
            sum = Arrays.copyOf(sum, sensors);
            lowest = Arrays.copyOf(lowest, sensors);
            highest = Arrays.copyOf(highest, sensors);
            count = Arrays.copyOf(count, sensors);
            Arrays.fill(lowest, before, sensors, Double.POSITIVE_INFINITY);
            Arrays.fill(highest, before, sensors, Double.NEGATIVE_INFINITY);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(samples);
        out.writeLong(lastTime);
        StateIo.write(out, intervals);
        out.writeLong(length);
        out.writeLong(block);
        StateIo.write(out, origin);
        for (int i = 0; i < sum.length; i++) {
            out.writeBoolean(known[i]);
            out.writeDouble(sum[i]);
            out.writeDouble(lowest[i]);
            out.writeDouble(highest[i]);
            out.writeInt(count[i]);
        }
    }

    void read(DataInput in) throws IOException {
        samples = in.readInt();
        lastTime = in.readLong();
        intervals = StateIo.readInts(in);
        length = in.readLong();
        block = in.readLong();
        float[] origins = StateIo.readFloats(in);
        grow(origins.length);
        origin = origins;
        for (int i = 0; i < sum.length; i++) {
            known[i] = in.readBoolean();
            sum[i] = in.readDouble();
            lowest[i] = in.readDouble();
            highest[i] = in.readDouble();
            count[i] = in.readInt();
        }
    }
}
