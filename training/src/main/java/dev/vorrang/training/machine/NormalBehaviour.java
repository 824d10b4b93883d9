package dev.vorrang.training.machine;

import dev.vorrang.scoring.model.MachineCard;
import java.util.Arrays;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * How {@link LevelFeatures} are spread where all is normal. Each is taken as Student's t: its variance is what was seen, widened for
 * how few independent observations that rests on, and for wandering that the time observed was too short to show. A sensor that
 * drifts slowly has few such observations, so it has to go far before it says anything.
 *
 * @param sensors number of sensors; the features have room for {@link LevelFeatures#padded} as many
 * @param centres centre of each feature
 * @param variances variance of each feature over a full window
 * @param freedoms degrees of freedom of each
 */
record NormalBehaviour(int sensors, float[] centres, float[] variances, float[] freedoms) {

    /** Wandering of a level between long times, as a part of the sensor's standard deviation. */
    private static final double WANDERING = 0.3;
    /** The same for the logarithm of the mean squared change. */
    private static final double RESTLESS_WANDERING = 1;

    private static final double LEAST_FREEDOM = 2;
    private static final double MOST_FREEDOM = 50;
    /** A variance of few degrees of freedom is widened by this over their number. */
    private static final double WIDENING = 5;
    /** Power of each feature's surprise: one feature far out says more than many that are a little off. */
    private static final float POWER = 1.5f;

    /**
     * @param features of rows with a full window where all was normal, one or more
     * @param independent how many independent observations the level of each sensor rests on
     * @param centred whether levels are centred already, being distances from each machine's own beginning
     */
    static NormalBehaviour fit(float[][] features, double[] independent, boolean centred) {
        int padded = LevelFeatures.padded(independent.length);
        var centres = new float[2 * padded];
        var variances = new float[2 * padded];
        var freedoms = new float[2 * padded];
        for (int i = 0; i < centres.length; i++) {
            int feature = i;
            boolean level = i < padded;
            double mean = level && centred
                    ? 0
                    : Arrays.stream(features)
                            .mapToDouble(row -> row[feature])
                            .average()
                            .orElseThrow();
            double variance = Arrays.stream(features)
                    .mapToDouble(row -> (row[feature] - mean) * (row[feature] - mean))
                    .average()
                    .orElseThrow();
            double freedom = level
                    ? Math.min(MOST_FREEDOM, Math.max(LEAST_FREEDOM, i < independent.length ? independent[i] - 1 : 0))
                    : LEAST_FREEDOM;
            double widening = level ? 1 + WIDENING / freedom : 2;
            double wandering = level ? WANDERING : RESTLESS_WANDERING;
            centres[i] = (float) mean;
            variances[i] = (float) (variance * widening + wandering * wandering);
            freedoms[i] = (float) freedom;
        }
        return new NormalBehaviour(independent.length, centres, variances, freedoms);
    }

    /**
     * How much each sensor speaks against all being normal: the surprise of its features, which for each is the logarithm of the
     * density of Student's t at its centre over that at the feature, to a power.
     *
     * @param features {@code [batch, 2 * padded sensors]}
     * @param steps {@code [batch, 1]}, steps that the machine has had
     * @return {@code [batch, sensors]}, 0 or more
     */
    Operand<TFloat32> evidence(
            Ops tf,
            Operand<TFloat32> features,
            Operand<TFloat32> steps,
            Operand<TFloat32> centre,
            MachineCard.Window window) {
        int padded = centres.length / 2;
        Operand<TFloat32> young = tf.concat(
                java.util.List.of(
                        tf.tile(young(tf, steps, LevelFeatures.shortSpan(window), 1), tf.constant(new int[] {1, padded
                        })),
                        tf.tile(young(tf, steps, LevelFeatures.changes(window), 3), tf.constant(new int[] {1, padded
                        }))),
                tf.constant(1));
        Operand<TFloat32> squared =
                tf.math.div(tf.math.square(tf.math.sub(features, centre)), tf.math.add(young, tf.constant(variances)));
        var halves = new float[freedoms.length];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = (freedoms[i] + 1) / 2;
        }
        Operand<TFloat32> surprise =
                tf.math.mul(tf.math.log1p(tf.math.div(squared, tf.constant(freedoms))), tf.constant(halves));
        Operand<TFloat32> powered = tf.math.pow(surprise, tf.constant(POWER));
        return tf.math.add(column(tf, powered, 0, sensors), column(tf, powered, padded, sensors));
    }

    /** The same of one feature, outside of a graph. */
    static double surprise(double squared, double freedom) {
        return Math.pow((freedom + 1) / 2 * Math.log1p(squared / freedom), POWER);
    }

    private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> numbers, int from, int count) {
        return tf.slice(numbers, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, count}));
    }

    /** What the variance has more of while a span is not full, as independent rows would have it: [batch, 1]. */
    private static Operand<TFloat32> young(Ops tf, Operand<TFloat32> steps, int span, float each) {
        Operand<TFloat32> had = tf.math.minimum(steps, tf.constant((float) span));
        // each / had - each / span, but TensorFlow computes reciprocals of whole vectors otherwise than single ones.
        return tf.math.div(tf.math.mul(tf.math.sub(tf.constant((float) span), had), tf.constant(each / span)), had);
    }

    /** Degrees of freedom of a feature of the real sensors: first the level of each, then how restless each is. */
    float freedom(int feature) {
        return freedoms[feature < sensors ? feature : freedoms.length / 2 + feature - sensors];
    }

    /** Variable that holds the centres, for a graph that has to have one. */
    Variable<TFloat32> variable(Ops tf) {
        return tf.variable(Shape.of(centres.length), TFloat32.class);
    }

    /** Fills it. */
    void load(Ops tf, Session session, Variable<TFloat32> variable) {
        session.runner()
                .addTarget(tf.assign(variable, tf.constant(centres)))
                .run()
                .close();
    }

    /** The sum of the evidence of rows, by the graph that serves. */
    double[] oddness(float[][] features, int[] steps, MachineCard.Window window) {
        int width = centres.length;
        var flat = new float[features.length * width];
        var counts = new float[steps.length];
        for (int row = 0; row < features.length; row++) {
            System.arraycopy(features[row], 0, flat, row * width, width);
            counts[row] = steps[row];
        }
        try (var graph = new Graph();
                var session = new Session(graph);
                TFloat32 fed = TFloat32.tensorOf(Shape.of(features.length, width), DataBuffers.of(flat, true, false));
                TFloat32 had = TFloat32.tensorOf(Shape.of(steps.length, 1), DataBuffers.of(counts, true, false))) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> rows = tf.placeholder(TFloat32.class);
            Placeholder<TFloat32> at = tf.placeholder(TFloat32.class);
            Operand<TFloat32> evidence = evidence(tf, rows, at, tf.constant(centres), window);
            try (Result result = session.runner()
                    .feed(rows, fed)
                    .feed(at, had)
                    .fetch(evidence)
                    .run()) {
                var values = new float[features.length * sensors];
                ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
                var odd = new double[features.length];
                for (int i = 0; i < values.length; i++) {
                    odd[i / sensors] += values[i];
                }
                return odd;
            }
        }
    }
}
