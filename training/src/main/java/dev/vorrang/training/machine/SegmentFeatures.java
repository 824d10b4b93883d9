package dev.vorrang.training.machine;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The shape of a window: the mean of each sensor in many short segments, in few long ones its mean and standard deviation, and over
 * the whole window mean, standard deviation, minimum and maximum, which come first.
 */
final class SegmentFeatures implements WindowFeatures {

    private static final int LONG_SEGMENTS = 10;
    /** Numbers from the short segments at most; more would cost time and tell little. */
    private static final int MAX_SHORT = 1_200;

    private final int length;
    private final Scale scale;
    private final int shortSegments;
    private final int longSegments;

    SegmentFeatures(int length, Scale scale) {
        this.length = length;
        this.scale = scale;
        int sensors = scale.means().length;
        this.shortSegments = Math.max(1, Math.min(length, MAX_SHORT / sensors));
        this.longSegments = Math.min(LONG_SEGMENTS, length);
    }

    @Override
    public int count() {
        return scale.means().length * (4 + shortSegments + 2 * longSegments);
    }

    /** Features that tell how the machine runs: mean and standard deviation over the window; they come first. */
    int running() {
        return 2 * scale.means().length;
    }

    @Override
    public Operand<TFloat32> of(Ops tf, MachineExport.Inputs inputs) {
        Operand<TFloat32> window = scale.apply(tf, inputs.window());
        Operand<TFloat32> bySensor = tf.linalg.transpose(window, tf.constant(new int[] {0, 2, 1}));
        Operand<TFloat32> rows = tf.reshape(bySensor, tf.constant(new int[] {-1, length}));
        var features = new ArrayList<Operand<TFloat32>>();
        features.add(segments(tf, rows, 1));
        features.add(deviations(tf, rows, 1));
        features.add(tf.min(rows, tf.constant(1), org.tensorflow.op.core.Min.keepDims(true)));
        features.add(tf.max(rows, tf.constant(1), org.tensorflow.op.core.Max.keepDims(true)));
        features.add(segments(tf, rows, shortSegments));
        features.add(segments(tf, rows, longSegments));
        features.add(deviations(tf, rows, longSegments));
        var flat = new ArrayList<Operand<TFloat32>>();
        int sensors = scale.means().length;
        List<Integer> widths = List.of(1, 1, 1, 1, shortSegments, longSegments, longSegments);
        for (int i = 0; i < features.size(); i++) {
            flat.add(tf.reshape(features.get(i), tf.constant(new int[] {-1, sensors * widths.get(i)})));
        }
        return tf.concat(flat, tf.constant(1));
    }

    private Operand<TFloat32> segments(Ops tf, Operand<TFloat32> rows, int segments) {
        return tf.linalg.matMul(rows, tf.constant(StdArrays.ndCopyOf(averages(segments))));
    }

    private Operand<TFloat32> deviations(Ops tf, Operand<TFloat32> rows, int segments) {
        Operand<TFloat32> means = segments(tf, rows, segments);
        Operand<TFloat32> spread = tf.linalg.matMul(means, tf.constant(StdArrays.ndCopyOf(membership(segments))));
        return tf.math.sqrt(segments(tf, tf.math.square(tf.math.sub(rows, spread)), segments));
    }

    private int segmentOf(int row, int segments) {
        return (int) ((long) row * segments / length);
    }

    private float[][] membership(int segments) {
        var filter = new float[segments][length];
        for (int row = 0; row < length; row++) {
            filter[segmentOf(row, segments)][row] = 1;
        }
        return filter;
    }

    private float[][] averages(int segments) {
        var counts = new int[segments];
        for (int row = 0; row < length; row++) {
            counts[segmentOf(row, segments)]++;
        }
        var filter = new float[length][segments];
        for (int row = 0; row < length; row++) {
            int segment = segmentOf(row, segments);
            filter[row][segment] = 1f / counts[segment];
        }
        return filter;
    }
}
