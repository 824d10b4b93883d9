package dev.vorrang.training.mail;

import dev.vorrang.scoring.model.MailTensors;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.training.mail.TextFeatures.Bag;
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
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.op.sparse.SparseSegmentSqrtNGrad;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The network in training: gradients and Adagrad (Duchi et al., Adaptive Subgradient Methods, 2011), which gives rare words
 * large steps. Only the rows of the tables that a batch touches are updated. Runs on one thread, so that the same seed gives
 * the same weights to the bit on the same kind of processor.
 *
 * <p>Owns its graph and session; for one thread; whoever makes one closes it.
 */
final class TrainingGraph implements AutoCloseable {

    private static final float DROPPED_FEATURES = 0.2f;
    private static final float DROPPED_UNITS = 0.3f;
    private static final float FIRST_ACCUMULATOR = 0.1f;

    private final Graph graph = new Graph();
    private final Session session;
    private final Ops tf = Ops.create(graph);
    private final ModelCard.Limits limits;
    private final List<String> heads;
    private final MailNetwork<TFloat32> network;
    private final Placeholder<TString> subject;
    private final Placeholder<TString> body;
    private final Map<String, Placeholder<TInt32>> labels = new LinkedHashMap<>();
    private final Map<String, Placeholder<TFloat32>> rowWeights = new LinkedHashMap<>();
    private final Placeholder<TFloat32> rate;
    private final Map<String, Operand<TFloat32>> evaluationLogits;
    private final Operand<TFloat32> loss;
    private final List<Op> updates = new ArrayList<>();
    private final VariableValues variables;

    TrainingGraph(NetworkShape shape, Map<String, Integer> labelCounts, ModelCard.Limits limits, long seed) {
        this.limits = limits;
        this.heads = List.copyOf(labelCounts.keySet());
        subject = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
        body = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
        rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        labelCounts.forEach((head, count) -> {
            labels.put(head, tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1))));
            rowWeights.put(head, tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1))));
        });
        network = new MailNetwork<>(tf, shape, labelCounts, TFloat32.class);
        variables = new VariableValues(tf, network, TFloat32.class);

        var features = new TextFeatures(tf);
        Operand<TString> text = features.normalise(subject, body);
        Operand<TInt32> batch = tf.size(subject);
        Bag words = features.words(text, shape.wordBuckets());
        Bag characters = features.characters(text, shape.characterBuckets());
        evaluationLogits = network.logits(
                network.pool(network.words(), words, batch),
                network.pool(network.characters(), characters, batch),
                layer -> layer);

        Bag someWords = features.thin(words, DROPPED_FEATURES, seed);
        Bag someCharacters = features.thin(characters, DROPPED_FEATURES, seed + 2);
        Operand<TFloat32> pooledWords = network.pool(network.words(), someWords, batch);
        Operand<TFloat32> pooledCharacters = network.pool(network.characters(), someCharacters, batch);
        loss = loss(
                network.logits(pooledWords, pooledCharacters, layer -> dropout(layer, seed + 4)), labelCounts, batch);
        update(pooledWords, someWords, pooledCharacters, someCharacters);
        session = new Session(graph, singleThread());
    }

    private static ConfigProto singleThread() {
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(1)
                .setInterOpParallelismThreads(1)
                .putDeviceCount("GPU", 0)
                .build();
    }

    private Operand<TFloat32> loss(
            Map<String, Operand<TFloat32>> logits, Map<String, Integer> labelCounts, Operand<TInt32> batch) {
        var losses = new ArrayList<Operand<TFloat32>>();
        for (String head : heads) {
            Operand<TFloat32> wanted =
                    tf.oneHot(labels.get(head), tf.constant(labelCounts.get(head)), tf.constant(1f), tf.constant(0f));
            // A row without a label has the weight 0; its gradient would not be zero otherwise.
            losses.add(tf.reduceSum(
                    tf.math.mul(
                            tf.nn.softmaxCrossEntropyWithLogits(logits.get(head), wanted)
                                    .loss(),
                            rowWeights.get(head)),
                    tf.constant(0)));
        }
        return tf.math.div(tf.math.addN(losses), tf.dtypes.cast(batch, TFloat32.class));
    }

    private Operand<TFloat32> dropout(Operand<TFloat32> layer, long seed) {
        Operand<TFloat32> random = tf.random.randomUniform(
                tf.shape(layer), TFloat32.class, RandomUniform.seed(seed), RandomUniform.seed2(seed + 1));
        Operand<TFloat32> kept =
                tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant(DROPPED_UNITS)), TFloat32.class);
        return tf.math.mul(layer, tf.math.mul(kept, tf.constant(1 / (1 - DROPPED_UNITS))));
    }

    private void update(Operand<TFloat32> pooledWords, Bag words, Operand<TFloat32> pooledCharacters, Bag characters) {
        var targets = new ArrayList<Operand<?>>(network.dense().values());
        targets.add(pooledWords);
        targets.add(pooledCharacters);
        List<Output<?>> gradients = new ArrayList<>();
        tf.gradients(loss, targets).forEach(gradient -> gradients.add(gradient.asOutput()));
        // Variables change in place: no update may start before every gradient has read the old values.
        Ops afterGradients = tf.withControlDependencies(new ArrayList<Op>(gradients));
        int next = 0;
        for (Variable<TFloat32> variable : network.dense().values()) {
            updates.add(afterGradients.train.applyAdagrad(
                    variable, accumulator(variable), rate, gradient(gradients, next++)));
        }
        updateTable(afterGradients, network.words(), words, gradient(gradients, next++));
        updateTable(afterGradients, network.characters(), characters, gradient(gradients, next));
    }

    /** Sends the gradient of a pooled bag back to the rows it was pooled from; TensorFlow has none of its own in C++. */
    private void updateTable(Ops afterGradients, Variable<TFloat32> table, Bag bag, Operand<TFloat32> pooledGradient) {
        SparseSegmentSqrtNGrad<TFloat32, TInt64> rows =
                tf.sparse.sparseSegmentSqrtNGrad(pooledGradient, bag.ids(), bag.mails(), tf.constant((int)
                        table.shape().get(0)));
        updates.add(afterGradients.train.sparseApplyAdagrad(
                table, accumulator(table), rate, tf.constant(1e-7f), rows.output(), rows.sortedUniqueIndices()));
    }

    private Variable<TFloat32> accumulator(Variable<TFloat32> variable) {
        Variable<TFloat32> accumulator = tf.variable(variable.shape(), TFloat32.class);
        variables.initialise(accumulator, FIRST_ACCUMULATOR);
        return accumulator;
    }

    @SuppressWarnings("unchecked") // Gradients of float32 are float32.
    private static Operand<TFloat32> gradient(List<Output<?>> gradients, int index) {
        return (Output<TFloat32>) gradients.get(index);
    }

    void load(Weights weights) {
        variables.load(session, weights);
    }

    Weights weights() {
        return variables.read(session);
    }

    /**
     * One step.
     *
     * @param batch one or more rows
     * @param weights weight of each row for each head, {@code [head][row]}, 0 where the row has no label
     * @param learningRate step of Adagrad
     * @return loss of the batch before the step
     */
    float step(List<LabelledMail> batch, float[][] weights, float learningRate) {
        try (var mails = tensors(batch);
                TFloat32 rateValue = TFloat32.scalarOf(learningRate);
                var fed = new FedLabels(batch, weights)) {
            Session.Runner runner = session.runner()
                    .feed(subject, mails.subject())
                    .feed(body, mails.body())
                    .feed(rate, rateValue)
                    .fetch(loss);
            for (int head = 0; head < heads.size(); head++) {
                runner.feed(labels.get(heads.get(head)), fed.labels().get(head));
                runner.feed(rowWeights.get(heads.get(head)), fed.weights().get(head));
            }
            updates.forEach(runner::addTarget);
            try (Result result = runner.run()) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }

    /** Logits of each head, {@code [head][row][label]}, nothing dropped. */
    float[][][] logits(List<LabelledMail> batch) {
        try (var mails = tensors(batch)) {
            Session.Runner runner =
                    session.runner().feed(subject, mails.subject()).feed(body, mails.body());
            heads.forEach(head -> runner.fetch(evaluationLogits.get(head)));
            try (Result result = runner.run()) {
                var logits = new float[heads.size()][][];
                for (int head = 0; head < logits.length; head++) {
                    logits[head] = org.tensorflow.ndarray.StdArrays.array2dCopyOf((TFloat32) result.get(head));
                }
                return logits;
            }
        }
    }

    private MailTensors tensors(List<LabelledMail> batch) {
        return new MailTensors(batch.stream().map(LabelledMail::text).toList(), limits);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
