package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
import org.tensorflow.op.core.Unique;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The network in training: each {@link Reading} by itself, with half of a mail's features and half of the hidden units left out by chance
 * (Srivastava et al., Dropout, 2014); gradients and Adagrad (Duchi et al., Adaptive Subgradient Methods, 2011), which gives rare words
 * large steps. Only the rows of the tables that a batch touches are updated. Runs on one thread, so that the same seed gives
 * the same weights to the bit on the same kind of processor.
 *
 * <p>Owns its graph and session; for one thread; whoever makes one closes it.
 */
final class TrainingGraph implements AutoCloseable {

    /** Share of the features of a mail, and of the hidden units, that are left out by chance. */
    private static final float LEFT_OUT = 0.5f;

    private static final float FIRST_ACCUMULATOR = 0.1f;

    private final Graph graph = new Graph();
    private final Session session;
    private final Ops tf = Ops.create(graph);
    private final List<String> heads;
    private final MailNetwork network;
    private final boolean linear;
    private final List<Part> parts = new ArrayList<>();
    private final Placeholder<TInt32> size = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    private final Placeholder<TFloat32> rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    private final Map<String, Placeholder<TInt32>> labels = new LinkedHashMap<>();
    private final Map<String, Placeholder<TFloat32>> rowWeights = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> evaluationLogits = new LinkedHashMap<>();
    private final Operand<TFloat32> loss;
    private final List<Op> updates = new ArrayList<>();
    private final VariableValues variables = new VariableValues(tf);

    /** @param featureWeights of each reading */
    TrainingGraph(
            NetworkShape shape,
            Map<String, Integer> labelCounts,
            Map<Reading, FeatureWeights> featureWeights,
            long seed) {
        this.heads = List.copyOf(labelCounts.keySet());
        this.linear = shape.linear();
        heads.forEach(head -> {
            labels.put(head, vector(TInt32.class));
            rowWeights.put(head, vector(TFloat32.class));
        });
        network = new MailNetwork(tf, UnaryOperator.identity(), shape, labelCounts);
        network.dense().forEach((name, variable) -> variables.add(name, variable, TFloat32.class));
        var random = new Random(seed);
        featureWeights.forEach((reading, weights) ->
                parts.add(new Part(reading, shape.of(reading), weights, random.nextInt(), random.nextInt())));

        var whole = new EnumMap<Reading, Operand<TFloat32>>(Reading.class);
        parts.forEach(part -> whole.put(part.reading, network.hidden(part.reading, part.sums(part.weights))));
        heads.forEach(head -> evaluationLogits.put(head, network.logits(head, whole)));
        loss = loss(labelCounts);
        update();
        session = new Session(graph, singleThread());
    }

    /** The features that a reading reads, and their table. */
    private final class Part {

        private final Reading reading;
        private final NetworkShape.Table shape;
        private final FeatureWeights featureWeights;
        private final Variable<TFloat32> table;
        private final Placeholder<TInt32> rows = vector(TInt32.class);
        private final Placeholder<TInt32> mails = vector(TInt32.class);
        private final Placeholder<TFloat32> weights = vector(TFloat32.class);
        private final Operand<TFloat32> some;
        private final Operand<TFloat32> sums;
        private final Operand<TFloat32> thinned;

        Part(Reading reading, NetworkShape.Table shape, FeatureWeights featureWeights, int seed, int seedOfUnits) {
            this.reading = reading;
            this.shape = shape;
            this.featureWeights = featureWeights;
            table = tf.withName(reading.table()).variable(Shape.of(shape.rows(), shape.width()), TFloat32.class);
            variables.add(reading.table(), table, TFloat32.class);
            some = tf.math.mul(weights, kept(weights, seed));
            sums = sums(some);
            Operand<TFloat32> hidden = network.hidden(reading, sums);
            thinned = linear ? hidden : tf.math.mul(hidden, kept(hidden, seedOfUnits));
        }

        /** Sum of the rows of each mail's features, each row times its weight. */
        private Operand<TFloat32> sums(Operand<TFloat32> factors) {
            Operand<TFloat32> weighted =
                    tf.math.mul(tf.gather(table, rows, tf.constant(0)), tf.expandDims(factors, tf.constant(1)));
            return tf.math.unsortedSegmentSum(weighted, mails, size);
        }

        /** Sends the gradient of the sums back to the rows that were summed, each row once. */
        private Op update(Ops afterGradients, Operand<TFloat32> gradient) {
            Unique<TInt32, TInt32> touched = tf.unique(rows, tf.constant(new int[] {0}));
            Operand<TFloat32> each =
                    tf.math.mul(tf.gather(gradient, mails, tf.constant(0)), tf.expandDims(some, tf.constant(1)));
            return afterGradients.train.sparseApplyAdagrad(
                    table,
                    accumulator(table),
                    rate,
                    tf.constant(1e-7f),
                    tf.math.unsortedSegmentSum(each, touched.idx(), tf.size(touched.y())),
                    touched.y());
        }

        private FedMails fed(List<MailFeatures> features) {
            return new FedMails(features.stream().map(reading::of).toList(), featureWeights, shape.rows());
        }
    }

    private <T extends org.tensorflow.types.family.TType> Placeholder<T> vector(Class<T> type) {
        return tf.placeholder(type, Placeholder.shape(Shape.of(-1)));
    }

    private static ConfigProto singleThread() {
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(1)
                .setInterOpParallelismThreads(1)
                .putDeviceCount("GPU", 0)
                .build();
    }

    /** 0 for what is left out by chance, for the rest so much that the sum stays the same on average. */
    private Operand<TFloat32> kept(Operand<TFloat32> layer, int seed) {
        Operand<TFloat32> random = tf.random.randomUniform(
                tf.shape(layer), TFloat32.class, RandomUniform.seed((long) seed), RandomUniform.seed2(1L));
        Operand<TFloat32> kept = tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant(LEFT_OUT)), TFloat32.class);
        return tf.math.mul(kept, tf.constant(1 / (1 - LEFT_OUT)));
    }

    /** Every reading learns to answer alone: the mean of their losses. */
    private Operand<TFloat32> loss(Map<String, Integer> labelCounts) {
        var losses = new ArrayList<Operand<TFloat32>>();
        labelCounts.forEach((head, count) -> {
            Operand<TFloat32> wanted = WantedAnswers.of(tf, labels.get(head), count);
            for (Part part : parts) {
                Operand<TFloat32> logits = network.logits(part.reading, head, part.thinned);
                // A row without a label has the weight 0; its gradient would not be zero otherwise.
                losses.add(tf.reduceSum(
                        tf.math.mul(
                                tf.nn.softmaxCrossEntropyWithLogits(logits, wanted)
                                        .loss(),
                                rowWeights.get(head)),
                        tf.constant(0)));
            }
        });
        return tf.math.div(tf.math.addN(losses), tf.dtypes.cast(size, TFloat32.class));
    }

    private void update() {
        var targets = new ArrayList<Operand<?>>(network.dense().values());
        parts.forEach(part -> targets.add(part.sums));
        List<Output<?>> gradients = new ArrayList<>();
        tf.gradients(loss, targets).forEach(gradient -> gradients.add(gradient.asOutput()));
        // Variables change in place: no update may start before every gradient has read the old values.
        Ops afterGradients = tf.withControlDependencies(new ArrayList<Op>(gradients));
        int next = 0;
        for (Variable<TFloat32> variable : network.dense().values()) {
            updates.add(afterGradients.train.applyAdagrad(
                    variable, accumulator(variable), rate, gradient(gradients, next++)));
        }
        for (Part part : parts) {
            updates.add(part.update(afterGradients, gradient(gradients, next++)));
        }
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

    void load(Weights values) {
        variables.load(session, values);
    }

    Weights weights() {
        return variables.read(session);
    }

    /**
     * One step.
     *
     * @param features of each row
     * @param batch one or more rows
     * @param weightOfRows weight of each row for each head, {@code [head][row]}, 0 where the row has no label
     * @param learningRate step of Adagrad
     * @return loss of the batch before the step, the mean of the readings
     */
    float step(List<MailFeatures> features, List<LabelledMail> batch, float[][] weightOfRows, float learningRate) {
        try (TFloat32 rateValue = TFloat32.scalarOf(learningRate);
                var truth = new FedLabels(batch, weightOfRows)) {
            return run(features, runner -> {
                runner.feed(rate, rateValue).fetch(loss);
                for (int head = 0; head < heads.size(); head++) {
                    runner.feed(labels.get(heads.get(head)), truth.labels().get(head));
                    runner.feed(rowWeights.get(heads.get(head)), truth.weights().get(head));
                }
                updates.forEach(runner::addTarget);
                try (Result result = runner.run()) {
                    return ((TFloat32) result.get(0)).getFloat() / parts.size();
                }
            });
        }
    }

    /** Logits of each head, {@code [head][row][label]}, nothing left out. */
    float[][][] logits(List<MailFeatures> features) {
        return run(features, runner -> {
            heads.forEach(head -> runner.fetch(evaluationLogits.get(head)));
            try (Result result = runner.run()) {
                var logits = new float[heads.size()][][];
                for (int head = 0; head < logits.length; head++) {
                    logits[head] = StdArrays.array2dCopyOf((TFloat32) result.get(head));
                }
                return logits;
            }
        });
    }

    private <T> T run(List<MailFeatures> features, Function<Session.Runner, T> call) {
        List<FedMails> fed = parts.stream().map(part -> part.fed(features)).toList();
        try {
            Session.Runner runner = session.runner().feed(size, fed.get(0).size());
            for (int i = 0; i < fed.size(); i++) {
                runner.feed(parts.get(i).rows, fed.get(i).rows())
                        .feed(parts.get(i).mails, fed.get(i).mails())
                        .feed(parts.get(i).weights, fed.get(i).weights());
            }
            return call.apply(runner);
        } finally {
            fed.forEach(FedMails::close);
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
