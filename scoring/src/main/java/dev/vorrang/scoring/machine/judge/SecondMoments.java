package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Second moments of the columns of rows, and their inverse, the precision matrix, which follows them in steps. Columns are standardised and
 * their correlations shrunk, the more the fewer rows there are. For one thread.
 */
final class SecondMoments {

    private static final double RIDGE = 2e-3;
    /** Rows as many as columns shrink the correlations by so much. */
    private static final double SHRINKAGE = 0.3;

    private static final int FIRST_SOLUTION = 12;
    private static final int SOLVE_EVERY = 24;
    /** Its square is a float. */
    private static final double LARGEST = 1e18;

    private final int maxRows;
    private int width;
    /** Of pairs of columns, the second not after the first. */
    private float[] moments = {};

    private int rows;
    private float[] precision = {};
    private float[] deviations = {};

    /** @param maxRows rows that are remembered; older ones fade */
    SecondMoments(int maxRows) {
        this.maxRows = maxRows;
    }

    /** Begins anew, with so many columns. */
    void reset(int columns) {
        width = columns;
        moments = new float[width * (width + 1) / 2];
        rows = 0;
        precision = new float[0];
        deviations = new float[width];
    }

    /**
     * Begins with the mean of others, each of which counts for its rows.
     *
     * @param others with as many columns, one or more
     * @param most rows that it counts for from now on
     */
    void begin(List<SecondMoments> others, int most) {
        double all = others.stream().mapToDouble(other -> other.rows).sum();
        for (int i = 0; i < moments.length; i++) {
            double sum = 0;
            for (SecondMoments other : others) {
                sum += other.rows * (double) other.moments[i];
            }
            moments[i] = (float) (sum / all);
        }
        rows = (int) Math.min(most, all);
        solve();
    }

    /** Whether there is a precision matrix. */
    boolean solved() {
        return precision.length > 0;
    }

    /** Rows learned from. */
    int rows() {
        return rows;
    }

    /** Standard deviation of a column when the matrix was inverted last; 0 before. */
    double deviation(int column) {
        return deviations[column];
    }

    double precision(int row, int column) {
        return precision[row * width + column];
    }

    /**
     * Learns from a row. What it has no value for counts as it is to be expected of the others, with the variance that
     * this leaves (Dempster, Laird and Rubin, "Maximum Likelihood from Incomplete Data via the EM Algorithm", 1977): were it left out, the
     * moments would be those of no distribution at all.
     *
     * @param off deviations, NaN for none; those are filled in
     * @return whether the inverse is another one now
     */
    boolean learn(double[] off) {
        rows++;
        double weight = Math.max(1.0 / maxRows, 1.0 / rows);
        for (int i = 0; i < width; i++) {
            off[i] = Math.max(-LARGEST, Math.min(LARGEST, off[i]));
        }
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
        if (rows >= FIRST_SOLUTION && (rows % SOLVE_EVERY == 0 || rows == FIRST_SOLUTION)) {
            solve();
            return true;
        }
        return false;
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
                double correlation = shrink * moments[i * (i + 1) / 2 + j] / (scale[i] * scale[j]);
                matrix[i][j] = Double.isFinite(correlation) ? correlation : 0;
                matrix[j][i] = matrix[i][j];
            }
            matrix[i][i] = 1 + RIDGE;
        }
        return matrix;
    }

    /** A row of the precision matrix once some columns are left out; those are 0 in it. */
    double[] precisionWithout(int column, int[] left) {
        var inner = new double[left.length][left.length];
        for (int a = 0; a < left.length; a++) {
            for (int b = 0; b < left.length; b++) {
                inner[a][b] = precision[left[a] * width + left[b]];
            }
        }
        Matrices.invert(inner);
        var row = new double[width];
        for (int i = 0; i < width; i++) {
            row[i] = precision[column * width + i];
        }
        for (int a = 0; a < left.length; a++) {
            double sum = 0;
            for (int b = 0; b < left.length; b++) {
                sum += precision[column * width + left[b]] * inner[b][a];
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

    void write(DataOutput out) throws IOException {
        StateIo.write(out, moments);
        out.writeInt(rows);
        StateIo.write(out, solved() ? half() : precision);
        StateIo.write(out, deviations);
    }

    /** The precision of pairs of columns, the second not after the first. */
    private float[] half() {
        var half = new float[moments.length];
        for (int i = 0; i < width; i++) {
            System.arraycopy(precision, i * width, half, i * (i + 1) / 2, i + 1);
        }
        return half;
    }

    /** Reads into one that has as many columns. */
    void read(DataInput in) throws IOException {
        moments = StateIo.readFloats(in);
        rows = in.readInt();
        precision = whole(StateIo.readFloats(in));
        deviations = StateIo.readFloats(in);
    }

    /** @param written none, half of the matrix, or all of it, as in earlier versions */
    private float[] whole(float[] written) {
        if (written.length != width * (width + 1) / 2) {
            return written;
        }
        var whole = new float[width * width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                whole[i * width + j] = written[i * (i + 1) / 2 + j];
                whole[j * width + i] = whole[i * width + j];
            }
        }
        return whole;
    }
}
