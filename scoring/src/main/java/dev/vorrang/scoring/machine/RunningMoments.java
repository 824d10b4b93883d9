package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Mean and variance of what came so far: of all of it at first, later with exponentially falling weights (Finch, Incremental
 * calculation of weighted mean and variance, 2009). For one thread.
 */
public final class RunningMoments {

    private final double least;
    private double mean;
    private double variance;
    private int count;

    /** @param least weight of the newest value, once one over their number is lower; above 0, at most 1 */
    public RunningMoments(double least) {
        this.least = least;
    }

    public void add(double value) {
        count = Math.min(count, Integer.MAX_VALUE - 1) + 1;
        double weight = Math.max(least, 1.0 / count);
        double off = value - mean;
        mean += weight * off;
        variance = (1 - weight) * (variance + weight * off * off);
    }

    public double mean() {
        return mean;
    }

    public double variance() {
        return variance;
    }

    /** Values so far. */
    public int count() {
        return count;
    }

    public void write(DataOutput out) throws IOException {
        out.writeDouble(mean);
        out.writeDouble(variance);
        out.writeInt(count);
    }

    /** @throws IOException if what is read cannot have been written */
    public void read(DataInput in) throws IOException {
        mean = in.readDouble();
        variance = in.readDouble();
        count = in.readInt();
        if (count < 0 || !Double.isFinite(mean) || !(variance >= 0)) {
            throw new IOException(
                    "damaged state: mean " + mean + ", variance " + variance + " of " + count + " values");
        }
    }
}
