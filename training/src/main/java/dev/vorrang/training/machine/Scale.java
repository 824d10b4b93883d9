package dev.vorrang.training.machine;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Brings numbers to mean 0 and standard deviation 1. One that hardly varies becomes 0, for what it does beyond its training data
 * means nothing.
 *
 * @param means mean of each
 * @param factors one over the standard deviation of each, 0 where it hardly varies
 */
record Scale(float[] means, float[] factors) {

    /** A standard deviation below this part of the mean is rounding. */
    private static final double LEAST = 1e-5;

    /** The scale of the columns of some rows; NaN counts as missing. */
    static Scale of(List<double[]> rows, int width) {
        var sums = new double[width];
        var counts = new int[width];
        for (double[] row : rows) {
            for (int i = 0; i < width; i++) {
                if (!Double.isNaN(row[i])) {
                    sums[i] += row[i];
                    counts[i]++;
                }
            }
        }
        var squares = new double[width];
        for (double[] row : rows) {
            for (int i = 0; i < width; i++) {
                if (!Double.isNaN(row[i])) {
                    double off = row[i] - sums[i] / counts[i];
                    squares[i] += off * off;
                }
            }
        }
        var means = new float[width];
        var factors = new float[width];
        for (int i = 0; i < width; i++) {
            double mean = counts[i] == 0 ? 0 : sums[i] / counts[i];
            double deviation = counts[i] == 0 ? 0 : Math.sqrt(squares[i] / counts[i]);
            means[i] = (float) mean;
            factors[i] = deviation <= LEAST * Math.abs(mean) || deviation == 0 ? 0 : (float) (1 / deviation);
        }
        return new Scale(means, factors);
    }

    static Scale ofFeatures(float[][] rows) {
        var doubles = new double[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            doubles[row] = new double[rows[row].length];
            for (int i = 0; i < doubles[row].length; i++) {
                doubles[row][i] = rows[row][i];
            }
        }
        return of(List.of(doubles), rows[0].length);
    }

    /** Applies it along the last dimension. */
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> numbers) {
        return tf.math.mul(tf.math.sub(numbers, tf.constant(means)), tf.constant(factors));
    }
}
