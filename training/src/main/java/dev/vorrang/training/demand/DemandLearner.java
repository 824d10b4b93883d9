package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * Teaches a {@link DemandNetwork}: Adam (Kingma and Ba, 2015) with decoupled weight decay and a bound on the gradient's norm. The loss
 * of the quantiles is the pinball loss (Koenker and Bassett, 1978), that of the mean the squared error, linear far from it, so that one
 * surge does not govern a batch; both in units of the item's scale. For one thread; whoever makes one closes it.
 */
final class DemandLearner implements AutoCloseable {

    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.999f;
    private static final float WEIGHT_DECAY = 0.01f;
    private static final float DROPOUT = 0.1f;
    private static final float MAX_NORM = 5;
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
    private final Placeholder<TFloat32> rate;
    private final Placeholder<TFloat32> firstPower;
    private final Placeholder<TFloat32> secondPower;
    private final Operand<TFloat32> loss;
    private final List<Variable<TFloat32>> variables;
    private final List<Op> updates = new ArrayList<>();
    private int step;

    DemandLearner(DemandNetwork network, long seed) {
        this.network = network;
        Ops tf = Ops.create(graph);
        series = placeholder(tf, Shape.of(-1, DemandEncoder.SERIES_FEATURES));
        steps = placeholder(tf, Shape.of(-1, -1, DemandEncoder.stepFeatures(network.names())));
        candidates = placeholder(tf, Shape.of(-1, -1, DemandEncoder.CANDIDATE_COUNT));
        targets = placeholder(tf, Shape.of(-1, 1));
        weights = placeholder(tf, Shape.of(-1, 1));
        rate = placeholder(tf, Shape.scalar());
        firstPower = placeholder(tf, Shape.scalar());
        secondPower = placeholder(tf, Shape.scalar());
        variables = network.variables(tf);
        // The gradient of the product has no form for a reference to a variable, so it reads a copy.
        List<Operand<TFloat32>> copies = new ArrayList<>();
        variables.forEach(variable -> copies.add(tf.identity(variable)));
        loss = loss(
                tf,
                network.answers(
                        tf,
                        new DemandNetwork.Inputs(series, steps, candidates),
                        copies,
                        layer -> dropout(tf, layer, seed)));
        var initial = new ArrayList<Op>();
        update(tf, initial);
        List<float[]> first = network.initial(new Random(seed));
        for (int i = 0; i < variables.size(); i++) {
            initial.add(tf.assign(
                    variables.get(i),
                    tf.constant(variables.get(i).shape(), DataBuffers.of(first.get(i), true, false))));
        }
        session = new Session(
                graph,
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(2)
                        .setInterOpParallelismThreads(1)
                        .putDeviceCount("GPU", 0)
                        .build());
        Session.Runner runner = session.runner();
        initial.forEach(runner::addTarget);
        runner.run().close();
    }

    private static Placeholder<TFloat32> placeholder(Ops tf, Shape shape) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    }

    private static Operand<TFloat32> dropout(Ops tf, Operand<TFloat32> layer, long seed) {
        Operand<TFloat32> random = tf.random.randomUniform(
                tf.shape(layer), TFloat32.class, RandomUniform.seed(seed), RandomUniform.seed2(seed + 1));
        Operand<TFloat32> kept = tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant(DROPOUT)), TFloat32.class);
        return tf.math.mul(layer, tf.math.mul(kept, tf.constant(1 / (1 - DROPOUT))));
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

    private void update(Ops tf, List<Op> initial) {
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        Operand<TFloat32> squares = tf.constant(0f);
        for (var gradient : tf.gradients(loss, variables)) {
            @SuppressWarnings("unchecked") // Gradients of float32 are float32.
            var typed = (Operand<TFloat32>) gradient.asOutput();
            gradients.add(typed);
            squares = tf.math.add(squares, tf.math.mul(tf.constant(2f), tf.nn.l2Loss(typed)));
        }
        Operand<TFloat32> norm = tf.math.sqrt(squares);
        Operand<TFloat32> factor = tf.math.div(tf.constant(MAX_NORM), tf.math.maximum(norm, tf.constant(MAX_NORM)));
        // Variables change in place: no update may start before every gradient has read the old values.
        var read = new ArrayList<Op>();
        gradients.forEach(read::add);
        Ops after = tf.withControlDependencies(read);
        for (int i = 0; i < variables.size(); i++) {
            Variable<TFloat32> variable = variables.get(i);
            Operand<TFloat32> stepped = after.train.applyAdam(
                    variable,
                    zeros(tf, variable.shape(), initial),
                    zeros(tf, variable.shape(), initial),
                    firstPower,
                    secondPower,
                    rate,
                    tf.constant(FIRST_DECAY),
                    tf.constant(SECOND_DECAY),
                    tf.constant(1e-8f),
                    tf.math.mul(gradients.get(i), factor));
            boolean isMatrix = variable.shape().numDimensions() == 2;
            updates.add(
                    isMatrix
                            ? tf.assignSub(variable, tf.math.mul(stepped, tf.math.mul(rate, tf.constant(WEIGHT_DECAY))))
                            : stepped);
        }
    }

    private static Variable<TFloat32> zeros(Ops tf, Shape shape, List<Op> initial) {
        Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
        initial.add(tf.assign(variable, tf.fill(tf.constant(shape), tf.constant(0f))));
        return variable;
    }

    /**
     * One step of learning.
     *
     * @return the loss before it
     */
    float learn(DemandBatch batch, float rateNow) {
        step++;
        try (Tensor fedSeries = tensor(batch.series(), batch.windows(), DemandEncoder.SERIES_FEATURES);
                Tensor fedSteps = tensor(
                        batch.steps(),
                        batch.windows(),
                        batch.stepsEach(),
                        DemandEncoder.stepFeatures(network.names()));
                Tensor fedCandidates =
                        tensor(batch.candidates(), batch.windows(), batch.stepsEach(), DemandEncoder.CANDIDATE_COUNT);
                Tensor fedTargets = tensor(batch.targets(), batch.targets().length, 1);
                Tensor fedWeights = tensor(batch.weights(), batch.weights().length, 1);
                Tensor fedRate = TFloat32.scalarOf(rateNow);
                Tensor first = TFloat32.scalarOf((float) Math.pow(FIRST_DECAY, step));
                Tensor second = TFloat32.scalarOf((float) Math.pow(SECOND_DECAY, step))) {
            Session.Runner runner = session.runner()
                    .feed(series, fedSeries)
                    .feed(steps, fedSteps)
                    .feed(candidates, fedCandidates)
                    .feed(targets, fedTargets)
                    .feed(weights, fedWeights)
                    .feed(rate, fedRate)
                    .feed(firstPower, first)
                    .feed(secondPower, second)
                    .fetch(loss);
            updates.forEach(runner::addTarget);
            try (Result result = runner.run()) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }

    private static Tensor tensor(float[] values, long... shape) {
        return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false));
    }

    /** Values of the variables, in the order of {@link DemandNetwork#variables}. */
    List<float[]> values() {
        Session.Runner runner = session.runner();
        variables.forEach(runner::fetch);
        var values = new ArrayList<float[]>();
        try (Result result = runner.run()) {
            for (int i = 0; i < variables.size(); i++) {
                var value = new float[(int) variables.get(i).shape().size()];
                ((TFloat32) result.get(i)).asRawTensor().data().asFloats().read(value);
                values.add(value);
            }
        }
        return values;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
