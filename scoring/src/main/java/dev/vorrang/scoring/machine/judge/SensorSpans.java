package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What each sensor has read so far: between what, and by how much it changed at most from a block to the next one. It tells how fast a
 * sensor follows its machine. For one thread.
 */
final class SensorSpans {

    /** Blocks after which it is known what a sensor reads. */
    private static final int KNOWN = 200;
    /** Least weight of a sensor, beside 1 of one that follows the machine at once. */
    private static final double LEAST_WEIGHT = 0.25;

    private float[] low = {};
    private float[] high = {};
    /** Largest change from a block to the next one. */
    private float[] steps = {};

    /** Whether it is known after so many blocks what sensors read. */
    static boolean known(int blocks) {
        return blocks >= KNOWN;
    }

    /** NaN while a sensor has read nothing. */
    double span(int sensor) {
        return high[sensor] - low[sensor];
    }

    /**
     * How much a sensor tells of the state now, 0.25 to 1: the square of its largest change from a block to the next one, as a part of all
     * that it has read. One that follows slowly, such as a temperature, tells of what the machine did before, and one that wanders of
     * nothing.
     *
     * @param blocks so far
     */
    double weight(int sensor, int blocks) {
        double span = span(sensor);
        if (!known(blocks) || !(span > 0)) {
            return 1;
        }
        double part = Math.min(1, steps[sensor] / span);
        return Math.max(LEAST_WEIGHT, part * part);
    }

    /** At most to the double at once, so that a single value beyond all measure does little. */
    void widen(double[] values, double[] last, boolean[] faulty) {
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || faulty[i]) {
                continue;
            }
            if (Float.isNaN(low[i])) {
                low[i] = (float) values[i];
                high[i] = low[i];
            }
            if (i < last.length && !Double.isNaN(last[i])) {
                steps[i] = (float) Math.max(steps[i], Math.abs(values[i] - last[i]));
            }
            double span = high[i] - low[i];
            double most = span > 0 ? span : Double.POSITIVE_INFINITY;
            low[i] -= (float) Math.max(0, Math.min(most, low[i] - values[i]));
            high[i] += (float) Math.max(0, Math.min(most, values[i] - high[i]));
        }
    }

    /** Takes it that a sensor has read all between two values. */
    void reach(int sensor, double from, double to) {
        low[sensor] = Float.isNaN(low[sensor]) || from < low[sensor] ? (float) from : low[sensor];
        high[sensor] = Float.isNaN(high[sensor]) || to > high[sensor] ? (float) to : high[sensor];
    }

    void grow(int sensors) {
        low = StateIo.grown(low, sensors);
        high = StateIo.grown(high, sensors);
        steps = Arrays.copyOf(steps, sensors);
    }

    void write(DataOutput out) throws IOException {
        StateIo.write(out, low);
        StateIo.write(out, high);
        StateIo.write(out, steps);
    }

    /** @param version of the judgement; up to 3 none was written, up to 5 no steps: each sensor is taken to follow at once */
    void read(DataInput in, int version) throws IOException {
        if (version > 3) {
            low = StateIo.readFloats(in);
            high = StateIo.readFloats(in);
        }
        if (version > 5) {
            steps = StateIo.readFloats(in);
        } else {
            for (int i = 0; i < steps.length; i++) {
                steps[i] = high[i] - low[i];
            }
        }
    }
}
