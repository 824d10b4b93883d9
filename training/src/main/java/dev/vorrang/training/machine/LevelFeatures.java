package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.model.AnomalyBaseline;
import dev.vorrang.scoring.machine.model.MachineCard;
import java.util.ArrayList;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where each sensor is, and how restless: its scaled means over the last third of the window and over all of it, and the logarithm of
 * its mean squared change from row to row; each for all sensors, padded.
 */
final class LevelFeatures implements WindowFeatures {

    /** Numbers in the widest vector of a processor, at least. */
    private static final int VECTOR = 16;
    /** A window has so many short spans. */
    private static final int SHORT_SPANS = 3;
    /** A sensor that stands still counts as one that changes by this part of the usual mean square. */
    private static final float STILL = 1e-5f;
    /** Scaled values are cut here, so that their squares stay finite. */
    private static final float MOST = 1e8f;
    /** Changes before they tell how restless a sensor is. */
    private static final float MIN_CHANGES = 10;

    private final MachineCard.Window window;
    private final Scale scale;
    private final float[] change;

    /**
     * @param window which rows the graph reads
     * @param scale scale of the sensors
     * @param change mean squared change of each sensor from row to row in the training data, scaled
     */
    LevelFeatures(MachineCard.Window window, Scale scale, float[] change) {
        this.window = window;
        this.scale = scale;
        this.change = change.clone();
    }

    /** Three of each sensor. */
    @Override
    public int count() {
        return (AnomalyBaseline.SPANS + 1) * padded(scale.means().length);
    }

    /**
     * Sensors, rounded up to whole vectors. TensorFlow computes logarithms of whole vectors otherwise than those of single numbers;
     * where each row fills its vectors, no bit depends on the rows beside it.
     */
    static int padded(int sensors) {
        return (sensors + VECTOR - 1) / VECTOR * VECTOR;
    }

    /** Steps of each span that has a level. */
    static int[] spans(MachineCard.Window window) {
        return new int[] {Math.max(1, window.length() / SHORT_SPANS), window.length()};
    }

    /** Changes from row to row within a full window. */
    static int changes(MachineCard.Window window) {
        return window.length() - 1;
    }

    @Override
    public Operand<TFloat32> of(Ops tf, MachineExport.Inputs inputs) {
        int sensors = padded(scale.means().length);
        Operand<TFloat32> clipped =
                tf.clipByValue(scale.apply(tf, inputs.window()), tf.constant(-MOST), tf.constant(MOST));
        Operand<TFloat32> all = tf.pad(
                clipped,
                tf.constant(new int[][] {{0, 0}, {0, 0}, {0, sensors - scale.means().length}}),
                tf.constant(0f));
        Operand<TFloat32> steps =
                tf.reshape(tf.dtypes.cast(inputs.steps(), TFloat32.class), tf.constant(new int[] {-1, 1}));

        var features = new ArrayList<Operand<TFloat32>>();
        for (int span : spans(window)) {
            // Rows before the first repeat it; they count for nothing.
            Operand<TFloat32> newest = rows(tf, all, window.length() - span, span);
            features.add(tf.math.div(
                    tf.reduceSum(tf.math.mul(newest, real(tf, steps, span)), tf.constant(1)),
                    tf.math.minimum(steps, tf.constant((float) span))));
        }

        int changes = changes(window);
        Operand<TFloat32> squared = tf.math.square(
                tf.math.sub(rows(tf, all, window.length() - changes, changes), rows(tf, all, 0, changes)));
        Operand<TFloat32> had = tf.math.minimum(tf.math.sub(steps, tf.constant(1f)), tf.constant((float) changes));
        Operand<TFloat32> mean =
                tf.math.div(tf.reduceSum(squared, tf.constant(1)), tf.math.maximum(had, tf.constant(1f)));
        Operand<TFloat32> enough = tf.dtypes.cast(tf.math.greaterEqual(had, tf.constant(MIN_CHANGES)), TFloat32.class);
        features.add(tf.math.mul(restlessness(tf, mean), enough));
        return tf.concat(features, tf.constant(1));
    }

    /** Logarithm of the mean squared change, 0 for the usual. */
    private Operand<TFloat32> restlessness(Ops tf, Operand<TFloat32> mean) {
        var still = new float[padded(change.length)];
        var usual = new float[still.length];
        for (int i = 0; i < still.length; i++) {
            float own = i < change.length ? change[i] : 0;
            still[i] = STILL * own + 1e-12f;
            usual[i] = (float) -Math.log(own + still[i]);
        }
        return tf.math.add(tf.math.log(tf.math.add(mean, tf.constant(still))), tf.constant(usual));
    }

    private Operand<TFloat32> rows(Ops tf, Operand<TFloat32> all, int from, int count) {
        return tf.slice(
                all, tf.constant(new int[] {0, from, 0}), tf.constant(new int[] {-1, count, padded(scale.means().length)
                }));
    }

    /** 1 for each row of a span that is real, else 0: [batch, span, 1]. */
    private static Operand<TFloat32> real(Ops tf, Operand<TFloat32> steps, int span) {
        var age = new float[span];
        for (int row = 0; row < span; row++) {
            age[row] = span - row;
        }
        return tf.expandDims(
                tf.dtypes.cast(tf.math.lessEqual(tf.constant(age), steps), TFloat32.class), tf.constant(2));
    }
}
