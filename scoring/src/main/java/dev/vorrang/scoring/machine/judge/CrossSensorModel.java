package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

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
    private static final double RIDGE = 2e-3;
    /** Rows as many as columns shrink the correlations by so much. */
    private static final double SHRINKAGE = 0.3;

    private static final int FIRST_SOLUTION = 12;
    private static final int SOLVE_EVERY = 24;
    private static final double MAX_DEVIATIONS = 12;

    private final int maxRows;
    private int sensors;
    private int width;
    private double[] lags = {};
    private final float[][] means = new float[RunningStates.MAX_STATES][0];
    private final int[] counts = new int[RunningStates.MAX_STATES];
    private float[] moments = {};
    private int rows;
    private float[] precision = {};
    private float[] deviations = {};
    private double[][] context;

    /** @param maxRows rows that are remembered; older ones fade */
    CrossSensorModel(int maxRows) {
        this.maxRows = maxRows;
    }

    int width() {
        return width;
    }

    boolean solved() {
        return precision.length > 0;
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
            double limit = MAX_DEVIATIONS * deviations[i];
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
        rows++;
        double ofState = Math.max(1.0 / maxRows, 1.0 / counts[state]);
        double ofAll = Math.max(1.0 / maxRows, 1.0 / rows);
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
        learnMoments(off, ofAll);
        if (rows >= FIRST_SOLUTION && (rows % SOLVE_EVERY == 0 || rows == FIRST_SOLUTION)) {
            solve();
            return true;
        }
        return false;
    }

    /**
     * Learns the second moments of a row. What it has no value for counts as it is to be expected of the others, with the variance that
     * this leaves (Dempster, Laird and Rubin, "Maximum Likelihood from Incomplete Data via the EM Algorithm", 1977): were it left out, the
     * moments would be those of no distribution at all.
     *
     * @param off deviations, NaN for none; those are filled in
     */
    private void learnMoments(double[] off, double weight) {
        int[] missing =
                IntStream.range(0, width).filter(i -> Double.isNaN(off[i])).toArray();
        double[][] left = missing.length == 0 ? new double[0][] : fill(off, missing);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                int place = i * (i + 1) / 2 + j;
                moments[place] += (float) (weight * (off[i] * off[j] - moments[place]));
            }
        }
        for (int a = 0; a < missing.length; a++) {
            for (int b = 0; b <= a; b++) {
                moments[missing[a] * (missing[a] + 1) / 2 + missing[b]] += (float) (weight * left[a][b]);
            }
        }
    }

    /** Puts what is to be expected where a row has nothing. Gives the covariance of what that leaves. */
    private double[][] fill(double[] off, int[] missing) {
        int count = missing.length;
        var left = new double[count][count];
        if (!solved()) {
            for (int a = 0; a < count; a++) {
                off[missing[a]] = 0;
                left[a][a] = moments[missing[a] * (missing[a] + 1) / 2 + missing[a]];
            }
            return left;
        }
        var pull = new double[count];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                left[a][b] = precision[missing[a] * width + missing[b]];
            }
            for (int i = 0; i < width; i++) {
                pull[a] += Double.isNaN(off[i]) ? 0 : precision[missing[a] * width + i] * off[i];
            }
        }
        Matrices.invert(left);
        for (int a = 0; a < count; a++) {
            double expected = 0;
            for (int b = 0; b < count; b++) {
                expected -= left[a][b] * pull[b];
            }
            off[missing[a]] = expected;
        }
        return left;
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

    private void solve() {
        double shrink = 1 - SHRINKAGE * width / (width + (double) rows);
        var scale = new double[width];
        for (int i = 0; i < width; i++) {
            scale[i] = Math.sqrt(moments[i * (i + 1) / 2 + i]) + 1e-12;
        }
        double[][] matrix = correlations(scale, shrink);
        // States of earlier versions may hold moments of no distribution.
        while (!Matrices.invert(matrix)) {
            shrink /= 2;
            matrix = correlations(scale, shrink);
        }
        precision = new float[width * width];
        context = null;
        deviations = new float[width];
        for (int i = 0; i < width; i++) {
            deviations[i] = (float) scale[i];
            for (int j = 0; j <= i; j++) {
                precision[i * width + j] = (float) (matrix[i][j] / (scale[i] * scale[j]));
                precision[j * width + i] = precision[i * width + j];
            }
        }
    }

    private double[][] correlations(double[] scale, double shrink) {
        var matrix = new double[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                matrix[i][j] = shrink * moments[i * (i + 1) / 2 + j] / (scale[i] * scale[j]);
                matrix[j][i] = matrix[i][j];
            }
            matrix[i][i] = 1 + RIDGE;
        }
        return matrix;
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
        double own = precisionWithout(sensor, ownPast(sensor))[sensor];
        double[] row = precisionWithout(sensor, left(sensor, faulty));
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
        return Math.max(0, sum) / rows;
    }

    /** Precision of the columns of the past and the time of day alone. */
    private double[][] contextPrecision() {
        var inner = new double[sensors][sensors];
        for (int i = 0; i < sensors; i++) {
            for (int j = 0; j < sensors; j++) {
                inner[i][j] = precision[i * width + j];
            }
        }
        Matrices.invert(inner);
        int size = width - sensors;
        var product = new double[size][sensors];
        var result = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < sensors; k++) {
                for (int l = 0; l < sensors; l++) {
                    product[i][k] += precision[(sensors + i) * width + l] * inner[l][k];
                }
            }
            for (int j = 0; j < size; j++) {
                result[i][j] = precision[(sensors + i) * width + sensors + j];
                for (int k = 0; k < sensors; k++) {
                    result[i][j] -= product[i][k] * precision[k * width + sensors + j];
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

    /** A row of the precision matrix once some columns are left out; those are 0 in it. */
    private double[] precisionWithout(int sensor, int[] left) {
        var inner = new double[left.length][left.length];
        for (int a = 0; a < left.length; a++) {
            for (int b = 0; b < left.length; b++) {
                inner[a][b] = precision[left[a] * width + left[b]];
            }
        }
        Matrices.invert(inner);
        var row = new double[width];
        for (int i = 0; i < width; i++) {
            row[i] = precision[sensor * width + i];
        }
        for (int a = 0; a < left.length; a++) {
            double sum = 0;
            for (int b = 0; b < left.length; b++) {
                sum += precision[sensor * width + left[b]] * inner[b][a];
            }
            for (int i = 0; i < width; i++) {
                row[i] -= sum * precision[left[a] * width + i];
            }
        }
        for (int place : left) {
            row[place] = 0;
        }
        return row;
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
        moments = new float[width * (width + 1) / 2];
        rows = 0;
        precision = new float[0];
        deviations = new float[width];
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
        StateIo.write(out, moments);
        out.writeInt(rows);
        StateIo.write(out, precision);
        StateIo.write(out, deviations);
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
        moments = StateIo.readFloats(in);
        rows = in.readInt();
        precision = StateIo.readFloats(in);
        deviations = StateIo.readFloats(in);
    }
}
