package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last steps of one machine, of the channels that a model was trained on. A missing value repeats the one before, a channel never
 * seen has its mean from the training. For one thread.
 */
public final class SensorWindow {

    private static final int NONE = -1;

    private final int length;
    private final float[] rows;
    private final float[] last;
    private final Map<String, Integer> channels = new HashMap<>();
    /** Channel of each of the machine's sensors, by number, or {@link #NONE}; follows from the steps, so it is not written. */
    private int[] channelOf = {};

    private int next;
    private int held;

    /**
     * @param length rows of the window, 1 or more
     * @param sensors names of the channels, in the order of the model
     * @param means mean of each channel in the training data, finite
     */
    public SensorWindow(int length, List<String> sensors, float[] means) {
        if (length < 1) {
            throw new IllegalArgumentException("length " + length + ": allowed is 1 or more");
        }
        if (sensors.isEmpty() || means.length != sensors.size()) {
            throw new IllegalArgumentException(
                    means.length + " means: allowed are as many as sensors, " + sensors.size() + ", and one at least");
        }
        this.length = length;
        this.rows = new float[length * sensors.size()];
        this.last = means.clone();
        for (int channel = 0; channel < sensors.size(); channel++) {
            channels.put(sensors.get(channel), channel);
        }
    }

    /** Takes the next step of the machine. */
    public void add(Step step) {
        mapSensors(step);
        for (int sensor = 0; sensor < step.values().length; sensor++) {
            double value = step.values()[sensor];
            if (channelOf[sensor] != NONE && !Double.isNaN(value)) {
                last[channelOf[sensor]] = (float) value;
            }
        }
        System.arraycopy(last, 0, rows, next * last.length, last.length);
        next = (next + 1) % length;
        held = Math.min(held + 1, length);
    }

    private void mapSensors(Step step) {
        int known = channelOf.length;
        if (known < step.values().length) {
            channelOf = Arrays.copyOf(channelOf, step.values().length);
            for (int sensor = known; sensor < channelOf.length; sensor++) {
                channelOf[sensor] = channels.getOrDefault(step.sensors().get(sensor), NONE);
            }
        }
    }

    /** The newest row: the value of each channel now, finite. */
    public float[] newest() {
        return last.clone();
    }

    /** Steps in the window, 0 to its length. */
    public int steps() {
        return held;
    }

    /**
     * The window, oldest row first: {@code [window, channels]} in one array, all finite. Where it is not full yet, the rows before
     * the first repeat it.
     *
     * @throws IllegalStateException before the first step
     */
    public float[] values() {
        if (held == 0) {
            throw new IllegalStateException("the window holds no step yet");
        }
        int width = last.length;
        var values = new float[rows.length];
        int oldest = held < length ? 0 : next;
        int missing = length - held;
        for (int row = 0; row < missing; row++) {
            System.arraycopy(rows, 0, values, row * width, width);
        }
        int untilEnd = Math.min(held, length - oldest);
        System.arraycopy(rows, oldest * width, values, missing * width, untilEnd * width);
        System.arraycopy(rows, 0, values, (missing + untilEnd) * width, (held - untilEnd) * width);
        return values;
    }

    /** Writes all of it, bit for bit. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(next);
        out.writeInt(held);
        for (float value : last) {
            out.writeFloat(value);
        }
        for (int i = 0; i < held * last.length; i++) {
            out.writeFloat(rows[i]);
        }
    }

    /**
     * Becomes what was written by a window of the same length and channels.
     *
     * @throws IOException if it is damaged
     */
    public void read(DataInput in) throws IOException {
        next = StateChecks.check(in.readInt(), length - 1, "next row of a window");
        held = StateChecks.check(in.readInt(), length, "rows of a window");
        for (int i = 0; i < last.length; i++) {
            last[i] = in.readFloat();
        }
        for (int i = 0; i < held * last.length; i++) {
            rows[i] = in.readFloat();
        }
    }
}
