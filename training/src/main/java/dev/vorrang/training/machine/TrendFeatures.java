package dev.vorrang.training.machine;

import java.util.ArrayList;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where each sensor is, where it is going, and how far it has come: means and slopes (least squares) over several spans of the last
 * steps, the distance from the machine's beginning, and the machine's age. The first row of the window is the mean of the beginning.
 * Spans that are longer than the machine's past end where it began.
 */
final class TrendFeatures implements WindowFeatures {

    private static final int[] MEANS = {5, 10, 20, 40};
    private static final int[] SLOPES = {20, 40};
    private static final float MIN_FOR_SLOPE = 5;
    /** Span whose mean is compared with the beginning. */
    private static final int DISTANCE = 2;

    private final int length;
    private final Scale scale;

    /**
     * @param length rows of the window, 1 for the beginning and 2 or more for the last steps
     * @param scale scale of the sensors
     */
    TrendFeatures(int length, Scale scale) {
        this.length = length;
        this.scale = scale;
    }

    @Override
    public int count() {
        return scale.means().length * (MEANS.length + SLOPES.length + 1) + 2;
    }

    @Override
    public Operand<TFloat32> of(Ops tf, MachineExport.Inputs inputs) {
        int last = length - 1;
        int sensors = scale.means().length;
        Operand<TFloat32> window = scale.apply(tf, inputs.window());
        Operand<TFloat32> beginning = tf.reshape(
                tf.slice(window, tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {-1, 1, sensors})),
                tf.constant(new int[] {-1, sensors}));
        Operand<TFloat32> rows =
                tf.slice(window, tf.constant(new int[] {0, 1, 0}), tf.constant(new int[] {-1, last, sensors}));
        Operand<TFloat32> steps =
                tf.reshape(tf.dtypes.cast(inputs.steps(), TFloat32.class), tf.constant(new int[] {-1, 1}));

        var age = new float[last];
        for (int row = 0; row < last; row++) {
            age[row] = last - row;
        }
        Operand<TFloat32> real = tf.dtypes.cast(tf.math.lessEqual(tf.constant(age), steps), TFloat32.class);
        Operand<TFloat32> counted = tf.math.mul(rows, tf.expandDims(real, tf.constant(2)));
        Operand<TFloat32> sums = spans(tf, counted, sensors);

        var means = new ArrayList<Operand<TFloat32>>();
        for (int i = 0; i < MEANS.length; i++) {
            means.add(tf.math.div(column(tf, sums, i, sensors), counted(tf, steps, MEANS[i])));
        }
        var features = new ArrayList<>(means);
        features.add(tf.math.sub(means.get(DISTANCE), beginning));
        for (int i = 0; i < SLOPES.length; i++) {
            int sum = MEANS.length + 2 * i;
            features.add(
                    slope(tf, column(tf, sums, sum, sensors), column(tf, sums, sum + 1, sensors), steps, SLOPES[i]));
        }
        features.add(steps);
        features.add(tf.math.log1p(steps));
        return tf.concat(features, tf.constant(1));
    }

    /** Sum over each span, and for slopes also the sum weighted by the place, which is 0 for the newest row: [batch, spans, sensors]. */
    private Operand<TFloat32> spans(Ops tf, Operand<TFloat32> rows, int sensors) {
        int last = length - 1;
        var filters = new float[MEANS.length + 2 * SLOPES.length][last];
        for (int row = 0; row < last; row++) {
            int place = row - (last - 1);
            for (int i = 0; i < MEANS.length; i++) {
                filters[i][row] = -place < MEANS[i] ? 1 : 0;
            }
            for (int i = 0; i < SLOPES.length; i++) {
                boolean within = -place < SLOPES[i];
                filters[MEANS.length + 2 * i][row] = within ? 1 : 0;
                filters[MEANS.length + 2 * i + 1][row] = within ? place : 0;
            }
        }
        Operand<TFloat32> bySensor = tf.reshape(
                tf.linalg.transpose(rows, tf.constant(new int[] {0, 2, 1})), tf.constant(new int[] {-1, last}));
        Operand<TFloat32> filtered = tf.linalg.matMul(
                bySensor, tf.linalg.transpose(tf.constant(StdArrays.ndCopyOf(filters)), tf.constant(new int[] {1, 0})));
        return tf.reshape(filtered, tf.constant(new int[] {-1, sensors, filters.length}));
    }

    private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> sums, int span, int sensors) {
        return tf.reshape(
                tf.slice(sums, tf.constant(new int[] {0, 0, span}), tf.constant(new int[] {-1, sensors, 1})),
                tf.constant(new int[] {-1, sensors}));
    }

    /** Rows of a span that are real. */
    private Operand<TFloat32> counted(Ops tf, Operand<TFloat32> steps, int span) {
        return tf.math.minimum(steps, tf.constant((float) Math.min(span, length - 1)));
    }

    /** Least squares: (Σ place·x − mean place · Σ x) / Σ (place − mean place)², with Σ (…)² = n (n² − 1) / 12; times half the span. */
    private Operand<TFloat32> slope(
            Ops tf, Operand<TFloat32> sum, Operand<TFloat32> weighted, Operand<TFloat32> steps, int span) {
        Operand<TFloat32> n = counted(tf, steps, span);
        Operand<TFloat32> meanPlace = tf.math.mul(tf.math.sub(n, tf.constant(1f)), tf.constant(-0.5f));
        Operand<TFloat32> spread = tf.math.maximum(
                tf.math.mul(n, tf.math.mul(tf.math.sub(tf.math.square(n), tf.constant(1f)), tf.constant(1f / 12))),
                tf.constant(1f));
        Operand<TFloat32> slope = tf.math.div(tf.math.sub(weighted, tf.math.mul(meanPlace, sum)), spread);
        Operand<TFloat32> enough = tf.dtypes.cast(tf.math.greaterEqual(n, tf.constant(MIN_FOR_SLOPE)), TFloat32.class);
        return tf.math.mul(slope, tf.math.mul(enough, tf.constant(span / 2f)));
    }
}
