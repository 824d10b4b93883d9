package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Heads in training on fixed features: one softmax regression for each, learnt together by Adagrad, with a penalty on the squares
 * of the weights, since there may be more features than rows. It starts from zero and runs on one thread, so that the same rows in
 * the same order give the same weights.
 *
 * <p>Owns its graph and session; for one thread; whoever makes one closes it.
 */
final class HeadGraph implements AutoCloseable {

    private static final float FIRST_ACCUMULATOR = 0.1f;
    private static final float PENALTY = 1e-3f;

    private final Graph graph = new Graph();
    private final Session session;
    private final Ops tf = Ops.create(graph);
    private final Map<String, Integer> labelCounts;
    private final Placeholder<TFloat32> features;
    private final Placeholder<TFloat32> rate;
    private final List<Placeholder<TInt32>> labels = new ArrayList<>();
    private final List<Placeholder<TFloat32>> rowWeights = new ArrayList<>();
    private final List<Variable<TFloat32>> variables = new ArrayList<>();
    private final List<Operand<TFloat32>> logits = new ArrayList<>();
    private final Operand<TFloat32> loss;
    private final List<Op> updates = new ArrayList<>();

    /** @param width features of a row */
    HeadGraph(int width, Map<String, Integer> labelCounts) {
        this.labelCounts = new LinkedHashMap<>(labelCounts);
        features = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
        rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        List<Op> initial = new ArrayList<>();
        var losses = new ArrayList<Operand<TFloat32>>();
        labelCounts.values().forEach(count -> losses.add(head(width, count, initial)));
        loss = tf.math.addN(losses);
        update(initial);
        session = new Session(
                graph,
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(1)
                        .setInterOpParallelismThreads(1)
                        .putDeviceCount("GPU", 0)
                        .build());
        Session.Runner runner = session.runner();
        initial.forEach(runner::addTarget);
        runner.run().close();
    }

    /** Adds a head, and gives its loss. */
    private Operand<TFloat32> head(int width, int count, List<Op> initial) {
        Variable<TFloat32> weights = variable(Shape.of(width, count), 0, initial);
        Variable<TFloat32> bias = variable(Shape.of(count), 0, initial);
        variables.add(weights);
        variables.add(bias);
        Operand<TFloat32> output = tf.math.add(tf.linalg.matMul(features, weights), bias);
        Placeholder<TInt32> label = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        Placeholder<TFloat32> rowWeight = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
        logits.add(output);
        labels.add(label);
        rowWeights.add(rowWeight);
        Operand<TFloat32> wanted = WantedAnswers.of(tf, label, count);
        // The mean over the rows: one without a label weighs nothing.
        Operand<TFloat32> fit = tf.math.mean(
                tf.math.mul(tf.nn.softmaxCrossEntropyWithLogits(output, wanted).loss(), rowWeight), tf.constant(0));
        return tf.math.add(fit, tf.math.mul(tf.nn.l2Loss(weights), tf.constant(PENALTY)));
    }

    private void update(List<Op> initial) {
        List<Output<?>> gradients = new ArrayList<>();
        tf.gradients(loss, variables).forEach(gradient -> gradients.add(gradient.asOutput()));
        // Variables change in place: no update may start before every gradient has read the old values.
        Ops afterGradients = tf.withControlDependencies(new ArrayList<Op>(gradients));
        for (int i = 0; i < variables.size(); i++) {
            Variable<TFloat32> accumulator = variable(variables.get(i).shape(), FIRST_ACCUMULATOR, initial);
            updates.add(
                    afterGradients.train.applyAdagrad(variables.get(i), accumulator, rate, gradient(gradients.get(i))));
        }
    }

    @SuppressWarnings("unchecked") // Gradients of float32 are float32.
    private static Operand<TFloat32> gradient(Output<?> gradient) {
        return (Output<TFloat32>) gradient;
    }

    private Variable<TFloat32> variable(Shape shape, float value, List<Op> initial) {
        Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
        initial.add(tf.assign(variable, tf.fill(tf.constant(shape), tf.constant(value))));
        return variable;
    }

    /**
     * One step.
     *
     * @param rows features of the batch, {@code [row][width]}
     * @param batch their labels
     * @param weights weight of each row for each head, {@code [head][row]}, 0 where the row has no label
     * @return loss of the batch before the step
     */
    float step(float[][] rows, List<LabelledMail> batch, float[][] weights, float learningRate) {
        try (TFloat32 fedRows = TFloat32.tensorOf(StdArrays.ndCopyOf(rows));
                TFloat32 fedRate = TFloat32.scalarOf(learningRate);
                var fed = new FedLabels(batch, weights)) {
            Session.Runner runner =
                    session.runner().feed(features, fedRows).feed(rate, fedRate).fetch(loss);
            for (int head = 0; head < labels.size(); head++) {
                runner.feed(labels.get(head), fed.labels().get(head));
                runner.feed(rowWeights.get(head), fed.weights().get(head));
            }
            updates.forEach(runner::addTarget);
            try (Result result = runner.run()) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }

    /** Logits of each head, {@code [head][row][label]}. */
    float[][][] logits(float[][] rows) {
        try (TFloat32 fedRows = TFloat32.tensorOf(StdArrays.ndCopyOf(rows))) {
            Session.Runner runner = session.runner().feed(features, fedRows);
            logits.forEach(runner::fetch);
            try (Result result = runner.run()) {
                var values = new float[logits.size()][][];
                for (int head = 0; head < values.length; head++) {
                    values[head] = StdArrays.array2dCopyOf((TFloat32) result.get(head));
                }
                return values;
            }
        }
    }

    /** The heads now, by name. */
    Map<String, LinearHead> heads() {
        Session.Runner runner = session.runner();
        variables.forEach(runner::fetch);
        var heads = new LinkedHashMap<String, LinearHead>();
        try (Result result = runner.run()) {
            int next = 0;
            for (String head : labelCounts.keySet()) {
                float[][] weights = StdArrays.array2dCopyOf((TFloat32) result.get(next++));
                heads.put(head, new LinearHead(weights, StdArrays.array1dCopyOf((TFloat32) result.get(next++))));
            }
        }
        return heads;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
