package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandEncoder;
import dev.vorrang.training.AdamW;
import dev.vorrang.training.NetworkSession;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Teaches a {@link DemandNetwork} by {@link AdamW} with a bound on the gradient's norm. The loss
 * of the quantiles is the pinball loss (Koenker and Bassett, 1978), that of the mean the squared error, linear far from it, so that one
 * surge does not govern a batch; both in units of the item's scale. For one thread; whoever makes one closes it.
 */
final class DemandLearner implements AutoCloseable {

    private static final AdamW.Settings SETTINGS = new AdamW.Settings(OptionalDouble.of(5), 0.01f);
    private static final float DROPOUT = 0.1f;
    private static final float LINEAR_FROM = 8;
    private static final float MEAN_SHARE = 0.2f;

    private final DemandNetwork network;
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> series;
    private final Placeholder<TFloat32> steps;
    private final Placeholder<TFloat32> candidates;
    private final Placeholder<TFloat32> targets;
    private final Placeholder<TFloat32> weights;
    private final List<Variable<TFloat32>> variables;
    private final AdamW optimizer;

    DemandLearner(DemandNetwork network, long seed) {
        this.network = network;
        Ops tf = Ops.create(graph);
        series = placeholder(tf, Shape.of(-1, DemandEncoder.SERIES_FEATURES));
        steps = placeholder(tf, Shape.of(-1, -1, DemandEncoder.stepFeatures(network.names())));
        candidates = placeholder(tf, Shape.of(-1, -1, DemandEncoder.CANDIDATE_COUNT));
        targets = placeholder(tf, Shape.of(-1, 1));
        weights = placeholder(tf, Shape.of(-1, 1));
        variables = network.variables(tf);
        // The gradient of the product has no form for a reference to a variable, so it reads a copy.
        List<Operand<TFloat32>> copies = new ArrayList<>();
        variables.forEach(variable -> copies.add(tf.identity(variable)));
        var answers = network.answers(
                tf,
                new DemandNetwork.Inputs(series, steps, candidates),
                copies,
                layer -> NetworkSession.dropout(tf, layer, DROPOUT, seed));
        optimizer = new AdamW(
                tf, loss(tf, answers), variables, i -> variables.get(i).shape().numDimensions() == 2, SETTINGS);
        var initial = new ArrayList<>(optimizer.initial());
        List<float[]> first = network.initial(new Random(seed));
        for (int i = 0; i < variables.size(); i++) {
            initial.add(tf.assign(
                    variables.get(i),
                    tf.constant(variables.get(i).shape(), DataBuffers.of(first.get(i), true, false))));
        }
        session = NetworkSession.open(graph, initial);
    }

    private static Placeholder<TFloat32> placeholder(Ops tf, Shape shape) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    }

    private Operand<TFloat32> loss(Ops tf, List<DemandNetwork.Answer> answers) {
        var levels = new float[network.levels().size()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = network.levels().get(i).floatValue();
        }
        Operand<TFloat32> all = tf.constant(0f);
        for (DemandNetwork.Answer answer : answers) {
            Operand<TFloat32> missed = tf.math.sub(targets, answer.quantiles());
            Operand<TFloat32> pinball = tf.math.maximum(
                    tf.math.mul(missed, tf.constant(levels)),
                    tf.math.mul(missed, tf.math.sub(tf.constant(levels), tf.constant(1f))));
            Operand<TFloat32> size = tf.math.abs(tf.math.sub(targets, answer.mean()));
            Operand<TFloat32> near = tf.math.minimum(size, tf.constant(LINEAR_FROM));
            Operand<TFloat32> squared = tf.math.mul(near, tf.math.sub(size, tf.math.mul(near, tf.constant(0.5f))));
            all = tf.math.add(
                    all,
                    tf.math.add(
                            mean(tf, tf.math.mul(pinball, weights)),
                            tf.math.mul(mean(tf, tf.math.mul(squared, weights)), tf.constant(MEAN_SHARE))));
        }
        return tf.math.div(all, tf.constant((float) answers.size()));
    }

    private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
        return tf.math.mean(values, tf.constant(new int[] {0, 1}));
    }

    /**
     * One step of learning.
     *
     * @return the loss before it
     */
    float learn(DemandBatch batch, float rateNow) {
        try (Tensor fedSeries = tensor(batch.series(), batch.windows(), DemandEncoder.SERIES_FEATURES);
                Tensor fedSteps = tensor(
                        batch.steps(),
                        batch.windows(),
                        batch.stepsEach(),
                        DemandEncoder.stepFeatures(network.names()));
                Tensor fedCandidates =
                        tensor(batch.candidates(), batch.windows(), batch.stepsEach(), DemandEncoder.CANDIDATE_COUNT);
                Tensor fedTargets = tensor(batch.targets(), batch.targets().length, 1);
                Tensor fedWeights = tensor(batch.weights(), batch.weights().length, 1)) {
            return optimizer.step(
                    session.runner()
                            .feed(series, fedSeries)
                            .feed(steps, fedSteps)
                            .feed(candidates, fedCandidates)
                            .feed(targets, fedTargets)
                            .feed(weights, fedWeights),
                    rateNow);
        }
    }

    private static Tensor tensor(float[] values, long... shape) {
        return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false));
    }

    /** Values of the variables, in the order of {@link DemandNetwork#variables}. */
    List<float[]> values() {
        return NetworkSession.values(session, variables);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
