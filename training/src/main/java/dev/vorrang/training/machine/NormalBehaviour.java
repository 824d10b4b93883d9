package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.model.AnomalyBaseline;
import dev.vorrang.scoring.machine.model.MachineCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * How {@link LevelFeatures} are spread where all is normal. Each is taken as Student's t: its variance is what was seen, widened for
 * how few independent observations that rests on, and for wandering that the time observed was too short to show. A sensor that
 * drifts slowly has few such observations, so it has to go far before it says anything.
 *
 * @param levels of the levels of each sensor, of one span after the other
 * @param restless of how restless each sensor is
 */
record NormalBehaviour(Spread levels, Spread restless) {

    /** Wandering of a level between long times, as a part of the sensor's standard deviation. */
    private static final double WANDERING = 0.3;
    /** The same for the logarithm of the mean squared change. */
    private static final double RESTLESS_WANDERING = 1;

    private static final double MIN_FREEDOM = 2;
    private static final double MAX_FREEDOM = 50;
    /** A variance of few degrees of freedom is widened by this over their number. */
    private static final double WIDENING = 5;
    /** Of a variance whose degrees of freedom are not known. */
    private static final double RESTLESS_WIDENING = 2;
    /** Variance of a squared change over its squared mean, and of the changes beside it, for independent normal values. */
    private static final float CHANGE_VARIANCE = 3;

    private static final float POWER = 1.5f;

    /**
     * Spread of a feature of each sensor.
     *
     * @param centres where it lies
     * @param variances variance over a full span, above 0
     * @param freedoms degrees of freedom
     */
    record Spread(double[] centres, double[] variances, double[] freedoms) {

        /** Of rows, whose variance is widened by a part of each freedom, and by wandering. */
        private static Spread of(
                double[][] rows, double[] centres, double[] freedoms, double widening, double wandering) {
            var variances = new double[freedoms.length];
            Arrays.setAll(variances, i -> {
                double seen = Arrays.stream(rows)
                        .mapToDouble(row -> (row[i] - centres[i]) * (row[i] - centres[i]))
                        .average()
                        .orElseThrow();
                return seen * (1 + widening / freedoms[i]) + wandering * wandering;
            });
            return new Spread(centres, variances, freedoms);
        }

        private static double[] means(double[][] rows) {
            var means = new double[rows[0].length];
            Arrays.setAll(means, i -> Arrays.stream(rows)
                    .mapToDouble(row -> row[i])
                    .average()
                    .orElseThrow());
            return means;
        }
    }

    /**
     * @param levels levels in rows with a full window where all was normal, one or more; or their distances from a baseline
     * @param restless how restless the sensors were in these rows
     * @param independent how many independent observations the level of each sensor rests on
     * @param distances whether the levels are distances
     */
    static NormalBehaviour fit(double[][] levels, double[][] restless, double[] independent, boolean distances) {
        var freedoms = new double[AnomalyBaseline.SPANS * independent.length];
        Arrays.setAll(
                freedoms, i -> Math.min(MAX_FREEDOM, Math.max(MIN_FREEDOM, independent[i % independent.length] - 1)));
        var least = new double[independent.length];
        Arrays.fill(least, MIN_FREEDOM);
        double[] centres = distances ? new double[freedoms.length] : Spread.means(levels);
        return new NormalBehaviour(
                Spread.of(levels, centres, freedoms, WIDENING, WANDERING),
                Spread.of(restless, Spread.means(restless), least, RESTLESS_WIDENING, RESTLESS_WANDERING));
    }

    /**
     * What the graph gives, see {@link AnomalyBaseline}.
     *
     * @param features {@code [batch, 3 * padded sensors]}
     * @param steps {@code [batch, 1]}, steps that the machine has had
     * @param centre variable or constant of {@link #restlessCentres}
     * @return {@code [batch, 5 * sensors]}: levels, their variances, and the surprise of how restless the sensors are
     */
    Operand<TFloat32> outputs(
            Ops tf,
            Operand<TFloat32> features,
            Operand<TFloat32> steps,
            Operand<TFloat32> centre,
            MachineCard.Window window) {
        int sensors = sensors();
        int padded = LevelFeatures.padded(sensors);
        int[] spans = LevelFeatures.spans(window);
        var outputs = new ArrayList<Operand<TFloat32>>();
        for (int span = 0; span < spans.length; span++) {
            outputs.add(columns(tf, features, span * padded, sensors));
        }
        for (int span = 0; span < spans.length; span++) {
            double[] own = Arrays.copyOfRange(levels.variances(), span * sensors, (span + 1) * sensors);
            outputs.add(tf.math.add(young(tf, steps, spans[span], 1), tf.constant(floats(own, sensors))));
        }
        Operand<TFloat32> off = tf.math.sub(columns(tf, features, spans.length * padded, padded), centre);
        Operand<TFloat32> variance = tf.math.add(
                young(tf, steps, LevelFeatures.changes(window), CHANGE_VARIANCE),
                tf.constant(floats(restless.variances(), padded)));
        float freedom = (float) MIN_FREEDOM;
        Operand<TFloat32> ratio = tf.math.div(tf.math.square(off), tf.math.mul(variance, tf.constant(freedom)));
        Operand<TFloat32> surprise =
                tf.math.pow(tf.math.mul(tf.math.log1p(ratio), tf.constant((freedom + 1) / 2)), tf.constant(POWER));
        outputs.add(columns(tf, surprise, 0, sensors));
        return tf.concat(outputs, tf.constant(1));
    }

    /** Degrees of freedom of the level of each sensor, the same for each span. */
    double[] freedoms() {
        return Arrays.copyOf(levels.freedoms(), sensors());
    }

    private int sensors() {
        return restless.centres().length;
    }

    private static Operand<TFloat32> columns(Ops tf, Operand<TFloat32> numbers, int from, int count) {
        return tf.slice(numbers, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, count}));
    }

    /** What the variance has more of while a span is not full, as independent rows would have it: [batch, 1]. */
    private static Operand<TFloat32> young(Ops tf, Operand<TFloat32> steps, int span, float each) {
        Operand<TFloat32> had = tf.math.minimum(steps, tf.constant((float) span));
        // each / had - each / span, but TensorFlow computes reciprocals of whole vectors otherwise than single ones.
        return tf.math.div(tf.math.mul(tf.math.sub(tf.constant((float) span), had), tf.constant(each / span)), had);
    }

    /** Padded with ones. */
    private static float[] floats(double[] numbers, int padded) {
        var floats = new float[padded];
        for (int i = 0; i < padded; i++) {
            floats[i] = i < numbers.length ? (float) numbers[i] : 1;
        }
        return floats;
    }

    /** Centre of how restless each sensor is, padded. */
    float[] restlessCentres() {
        return floats(restless.centres(), LevelFeatures.padded(sensors()));
    }

    /** The outputs for rows, by the graph that serves. */
    float[][] outputs(float[][] features, int[] steps, MachineCard.Window window) {
        int width = features[0].length;
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
            Operand<TFloat32> outputs = outputs(tf, rows, at, tf.constant(restlessCentres()), window);
            try (Result result = session.runner()
                    .feed(rows, fed)
                    .feed(at, had)
                    .fetch(outputs)
                    .run()) {
                int each = AnomalyBaseline.OUTPUTS * sensors();
                var values = new float[features.length * each];
                ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
                return IntStream.range(0, features.length)
                        .mapToObj(row -> Arrays.copyOfRange(values, row * each, (row + 1) * each))
                        .toArray(float[][]::new);
            }
        }
    }
}
