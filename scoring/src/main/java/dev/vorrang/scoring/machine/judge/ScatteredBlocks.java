package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What sensors have read since the machine was in a running state last. For one thread. */
final class ScatteredBlocks {

    /** Blocks in no state after which one begins even if no two of them are near each other. */
    static final int ENOUGH = 30;
    /** Standard deviation of independent values, of the square of the mean root of the change from one to the next. */
    private static final double DEVIATION_OF_CHANGE = 1.05;

    private float[] mean = {};
    /** Mean root of the change from block to block. */
    private float[] change = {};

    private int blocks;

    /** Begins anew with the next block; what there is of the last ones stays until then. */
    void clear() {
        blocks = 0;
    }

    /** @return whether there are enough */
    boolean add(double[] values, double[] last) {
        blocks++;
        double weight = 1.0 / blocks;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                continue;
            }
            if (blocks == 1 || Float.isNaN(mean[i])) {
                mean[i] = (float) values[i];
                change[i] = 0;
                continue;
            }
            double root = i < last.length && !Double.isNaN(last[i]) ? Math.sqrt(Math.abs(values[i] - last[i])) : 0;
            mean[i] += (float) (weight * (values[i] - mean[i]));
            change[i] += (float) (weight * (root - change[i]));
        }
        return blocks >= ENOUGH;
    }

    /** Of each sensor, NaN for none. Not to be changed. */
    float[] mean() {
        return mean;
    }

    /** Mean root of the change of each sensor from block to block. Not to be changed. */
    float[] change() {
        return change;
    }

    /** Of each sensor about its mean, as its changes tell. */
    float[] variance() {
        var variance = new float[change.length];
        for (int i = 0; i < variance.length; i++) {
            double deviation = DEVIATION_OF_CHANGE * change[i] * change[i];
            variance[i] = (float) (deviation * deviation);
        }
        return variance;
    }

    void grow(int sensors) {
        mean = StateIo.grown(mean, sensors);
        change = Arrays.copyOf(change, sensors);
    }

    void write(DataOutput out) throws IOException {
        StateIo.write(out, mean);
        StateIo.write(out, change);
        out.writeInt(blocks);
    }

    void read(DataInput in) throws IOException {
        mean = StateIo.readFloats(in);
        change = StateIo.readFloats(in);
        blocks = in.readInt();
    }
}
