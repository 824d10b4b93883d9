package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What each sensor of a machine is to read, given the others now and in the last hours and the time of day: ridge regression on
 * deviations from the running state's means. One matrix of second moments serves all sensors; its inverse gives the regression of each on
 * all others but itself and its own past, and without any sensors that are known to be faulty (Lauritzen, Graphical Models, 1996, 5.1).
 *
 * <p>A row has {@code sensors} values, then as many averages over ten minutes, then over an hour, then four of the time of day. For one
 * thread.
 */
final class CrossSensorModel {

    /** Sensors of one model at most. */
    static final int MAX_SENSORS = 32;

    private static final double[] LAGS_MS = {600_000, 3_600_000};
    private static final int OF_DAY = 4;
    private static final double DAY_MS = 86_400_000;
    private static final double MAX_DEVIATIONS = 12;
    /** For so many rows counts what others have learned: half a day. */
    private static final int BEGINNING_ROWS = 144;

    private final int maxRows;

    private int sensors;
    private int width;
    private double[] lags = {};
    private final float[][] means = new float[RunningStates.MAX_STATES][0];
    private final int[] counts = new int[RunningStates.MAX_STATES];
    private final SecondMoments moments;
    private double[][] context;

    /** @param maxRows rows that are remembered; older ones fade */
    CrossSensorModel(int maxRows) {
        this.maxRows = maxRows;
        this.moments = new SecondMoments(maxRows);
    }

    /** Begins with what others have learned of how sensors follow each other, but not with their means. */
    void begin(List<CrossSensorModel> others) {
        moments.begin(others.stream().map(other -> other.moments).toList(), BEGINNING_ROWS);
    }

    int width() {
        return width;
    }

    boolean solved() {
        return moments.solved();
    }

    int count(int state) {
        return counts[state];
    }

    /** Forgets the means of a state. */
    void reset(int state) {
        counts[state] = 0;
        Arrays.fill(means[state], 0);
    }

    /** Moves a sensor's means of all states that are known, and those of its past with them. */
    void shift(int sensor, double by) {
        for (int state = 0; state < means.length; state++) {
            for (int i = sensor; counts[state] > 0 && i < width - OF_DAY; i += sensors) {
                means[state][i] += (float) by;
            }
        }
    }

    /** The row of a block; the averages move on to it. */
    float[] row(double[] values, long time, double elapsedMs) {
        var row = new float[width];
        for (int i = 0; i < sensors; i++) {
            boolean missing = Double.isNaN(values[i]);
            row[i] = missing ? Float.NaN : (float) values[i];
            for (int lag = 0; lag < LAGS_MS.length; lag++) {
                int place = i + lag * sensors;
                row[sensors + place] = (float) lags[place];
                if (!missing) {
                    double weight = Double.isInfinite(elapsedMs) ? 1 : -Math.expm1(-elapsedMs / LAGS_MS[lag]);
                    lags[place] += weight * (values[i] - lags[place]);
                }
            }
        }
        double angle = 2 * Math.PI * Math.floorMod(time, (long) DAY_MS) / DAY_MS;
        int at = sensors * (1 + LAGS_MS.length);
        row[at] = (float) Math.sin(angle);
        row[at + 1] = (float) Math.cos(angle);
        row[at + 2] = (float) Math.sin(2 * angle);
        row[at + 3] = (float) Math.cos(2 * angle);
        return row;
    }

    /** Deviations of a row from its state's means, 0 where it has no value, limited where they are very large. */
    void deviate(float[] row, int state, double[] into) {
        float[] mean = means[state];
        for (int i = 0; i < width; i++) {
            double off = row[i] - mean[i];
            double limit = MAX_DEVIATIONS * moments.deviation(i);
            into[i] = Float.isNaN(row[i]) ? 0 : i < sensors ? off : Math.max(-limit, Math.min(limit, off));
        }
    }

    /**
     * Learns from a row, but not of sensors that are faulty.
     *
     * @return whether the regressions are others now
     */
    boolean learn(float[] row, int state, boolean[] faulty) {
        counts[state]++;
        double ofState = Math.max(1.0 / maxRows, 1.0 / counts[state]);
        float[] mean = means[state];
        var off = new double[width];
        for (int i = 0; i < width; i++) {
            if (skipped(row, i, faulty)) {
                off[i] = Double.NaN;
            } else {
                // Deviation from the mean as it was, which the row has not moved yet, so that rows new to a state count
                // as new.
                double before = row[i] - mean[i];
                mean[i] += (float) (ofState * before);
                off[i] = counts[state] == 1 ? 0 : before * Math.sqrt(1 - ofState);
            }
        }
        boolean changed = moments.learn(off);
        if (changed) {
            context = null;
        }
        return changed;
    }

    /** Takes the past of a sensor as if it had been as it is now. */
    void forgetPast(int sensor, double[] deviationsOfRow) {
        for (int i = sensors + sensor; i < width - OF_DAY; i += sensors) {
            deviationsOfRow[i] = deviationsOfRow[sensor];
        }
    }

    /** Leaves a sensor and its past out of a row that is to be learned. */
    void leaveOut(int sensor, float[] row) {
        for (int i = sensor; i < width - OF_DAY; i += sensors) {
            row[i] = Float.NaN;
        }
    }

    private boolean skipped(float[] row, int i, boolean[] faulty) {
        return Float.isNaN(row[i]) || i < width - OF_DAY && faulty[i % sensors];
    }

    /**
     * How the deviation of a sensor that nothing else explains follows from the deviations of a row.
     *
     * @param weights one for each column: 1 for the sensor, minus the regression coefficient for the others, 0 for its own past and for
     *     what is faulty
     * @param factor by how much larger its standard deviation is than with all sensors
     */
    record Regression(double[] weights, double factor) {

        double residual(double[] deviations) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * deviations[i];
            }
            return sum;
        }
    }

    /** The regression of a sensor on all others but those that are faulty. */
    Regression regression(int sensor, boolean[] faulty) {
        double own = moments.precisionWithout(sensor, ownPast(sensor))[sensor];
        double[] row = moments.precisionWithout(sensor, left(sensor, faulty));
        double factor = Math.sqrt(own / row[sensor]);
        var weights = new double[width];
        for (int i = 0; i < width; i++) {
            weights[i] = row[i] / row[sensor];
        }
        return new Regression(weights, factor);
    }

    /**
     * How far the recent past and the time of day are from those that the regressions were learned from: about the number of columns of
     * the past, over the number of hours learned from, where they are usual; times that, the variance of a prediction is larger (leverage).
     */
    double leverage(double[] deviations, boolean[] faulty) {
        if (context == null) {
            context = contextPrecision();
        }
        int from = sensors;
        int size = width - sensors;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            if (i < size - OF_DAY && faulty[i % sensors]) {
                continue;
            }
            double line = 0;
            for (int j = 0; j < size; j++) {
                if (j >= size - OF_DAY || !faulty[j % sensors]) {
                    line += context[i][j] * deviations[from + j];
                }
            }
            sum += line * deviations[from + i];
        }
        return Math.max(0, sum) / moments.rows();
    }

    /** Precision of the columns of the past and the time of day alone. */
    private double[][] contextPrecision() {
        var inner = new double[sensors][sensors];
        for (int i = 0; i < sensors; i++) {
            for (int j = 0; j < sensors; j++) {
                inner[i][j] = moments.precision(i, j);
            }
        }
        Matrices.invert(inner);
        int size = width - sensors;
        var product = new double[size][sensors];
        var result = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < sensors; k++) {
                for (int l = 0; l < sensors; l++) {
                    product[i][k] += moments.precision(sensors + i, l) * inner[l][k];
                }
            }
            for (int j = 0; j < size; j++) {
                result[i][j] = moments.precision(sensors + i, sensors + j);
                for (int k = 0; k < sensors; k++) {
                    result[i][j] -= product[i][k] * moments.precision(k, sensors + j);
                }
            }
        }
        return result;
    }

    private int[] ownPast(int sensor) {
        var left = new int[LAGS_MS.length];
        for (int lag = 0; lag < left.length; lag++) {
            left[lag] = sensors * (1 + lag) + sensor;
        }
        return left;
    }

    private int[] left(int sensor, boolean[] faulty) {
        var left = new int[width];
        int count = 0;
        for (int i = 0; i < width - OF_DAY; i++) {
            if (i != sensor && (i % sensors == sensor || faulty[i % sensors])) {
                left[count++] = i;
            }
        }
        return Arrays.copyOf(left, count);
    }

    /** A new sensor makes all begin anew but the averages. */
    void grow(int count) {
        if (count <= sensors) {
            return;
        }
        var grown = new double[LAGS_MS.length * count];
        for (int lag = 0; lag < LAGS_MS.length; lag++) {
            for (int i = 0; i < sensors; i++) {
                grown[lag * count + i] = lags[lag * sensors + i];
            }
        }
        lags = grown;
        sensors = count;
        width = sensors * (1 + LAGS_MS.length) + OF_DAY;
        for (int state = 0; state < means.length; state++) {
            means[state] = new float[width];
            counts[state] = 0;
        }
        moments.reset(width);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(sensors);
        for (double lag : lags) {
            out.writeDouble(lag);
        }
        for (int state = 0; state < means.length; state++) {
            out.writeInt(counts[state]);
            if (counts[state] > 0) {
                StateIo.write(out, means[state]);
            }
        }
        moments.write(out);
    }

    void read(DataInput in) throws IOException {
        int written = in.readInt();
        if (written != sensors) {
            throw new IOException("damaged state: " + written + " sensors instead of " + sensors);
        }
        for (int i = 0; i < lags.length; i++) {
            lags[i] = in.readDouble();
        }
        for (int state = 0; state < means.length; state++) {
            counts[state] = in.readInt();
            if (counts[state] > 0) {
                means[state] = StateIo.readFloats(in);
            }
        }
        moments.read(in);
    }
}
