package dev.vorrang.training.mail;

import dev.vorrang.training.AdamW;
import dev.vorrang.training.NetworkSession;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.bert.BertCheckpoint;
import dev.vorrang.training.bert.BertEncoder;
import dev.vorrang.training.bert.BertSize;
import dev.vorrang.training.bert.BertVariables;
import dev.vorrang.training.bert.LowRank;
import dev.vorrang.training.bert.TensorFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
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
import org.tensorflow.types.TInt32;

/**
 * The layers that learn: those of the base with their adapters, and the heads. Owns a graph; for one thread; whoever makes one closes it.
 */
final class LargeNetwork implements AutoCloseable {

    private static final float DROPPED = 0.1f;
    private static final float DECAY = 0.01f;
    private static final double MOST = 1;

    private final Graph graph = new Graph();
    private final Session session;
    private final BertSize size;
    private final Placeholder<TFloat32> hidden;
    private final Placeholder<TInt32> mask;
    private final Map<String, Placeholder<TFloat32>> targets = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> logits = new LinkedHashMap<>();
    private final Map<String, Integer> labelCounts;
    private final BertVariables learnt;
    private final AdamW optimiser;

    /**
     * @param scale of the adapters
     * @param shares how much each head counts, in the order of the heads
     * @param earlier what was learnt before, by name; empty to begin anew
     * @throws TrainingDataException if that belongs to another network
     */
    LargeNetwork(
            BertCheckpoint checkpoint,
            BertSize size,
            LargeTrainingSettings.Recipe recipe,
            float scale,
            Map<String, Integer> labelCounts,
            Map<String, Float> shares,
            Map<String, TensorFile.Values> earlier,
            long seed) {
        this.size = size;
        this.labelCounts = labelCounts;
        Ops tf = Ops.create(graph);
        hidden = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, size.width())));
        mask = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
        var base = new BertVariables(tf, size.layers(recipe.frozen(), recipe.layers()));
        var shapes = new LinkedHashMap<>(LowRank.shapes(size, recipe.frozen(), recipe.layers(), recipe.rank()));
        int width = 2 * size.width();
        shapes.putAll(LargeModel.headShapes(labelCounts, width));
        learnt = new BertVariables(tf, shapes);
        var encoder = new BertEncoder(
                tf, size, base.byName(), Optional.of(new LowRank(tf, learnt.byName(), scale)), recipe.half());
        Operand<TFloat32> features =
                encoder.features(encoder.layers(recipe.frozen(), recipe.layers(), hidden, mask), mask);
        Operand<TFloat32> thinned = NetworkSession.dropout(tf, features, DROPPED, seed);
        Operand<TFloat32> loss = tf.constant(0f);
        for (String head : labelCounts.keySet()) {
            Placeholder<TFloat32> target =
                    tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, labelCounts.get(head))));
            targets.put(head, target);
            logits.put(head, LargeModel.logits(tf, head, features, learnt.byName()));
            Operand<TFloat32> likely = tf.nn.logSoftmax(LargeModel.logits(tf, head, thinned, learnt.byName()));
            Operand<TFloat32> rows = tf.reduceSum(tf.math.mul(target, likely), tf.constant(1));
            Operand<TFloat32> mean = tf.math.mean(rows, tf.constant(new int[] {0}));
            loss = tf.math.sub(loss, tf.math.mul(mean, tf.constant(shares.get(head))));
        }
        List<Variable<TFloat32>> variables = List.copyOf(learnt.byName().values());
        optimiser = new AdamW(
                tf,
                loss,
                variables,
                number -> variables.get(number).shape().numDimensions() == 2,
                new AdamW.Settings(OptionalDouble.of(MOST), DECAY));
        session = NetworkSession.open(graph, optimiser.initial());
        base.load(session, checkpoint::read);
        var random = new Random(seed);
        learnt.load(
                session,
                (name, shape) -> BertCheckpoint.tensor(
                        earlier.isEmpty()
                                ? new TensorFile.Values(shape, initial(name, shape, random))
                                : known(earlier, name, shape)));
    }

    private static TensorFile.Values known(Map<String, TensorFile.Values> earlier, String name, Shape shape) {
        TensorFile.Values values = earlier.get(name);
        if (values == null || !values.shape().equals(shape)) {
            throw new TrainingDataException("the adapter to go on from has "
                    + (values == null ? "no " + name : name + " of the shape " + values.shape()) + ", expected " + shape
                    + ": layers, rank and labels must be the same");
        }
        return values;
    }

    private static float[] initial(String name, Shape shape, Random random) {
        return name.startsWith("heads/") ? new float[(int) shape.size()] : LowRank.initial(name, shape, random);
    }

    /**
     * One step.
     *
     * @param rows hidden layers below, one for each text
     * @param wanted of each head {@code [row * labels]}: how much each label counts as right
     * @return the loss before it
     */
    float step(TokenBatch batch, List<float[]> rows, Map<String, float[]> wanted, float rate) {
        try (TFloat32 fedHidden = batch.hidden(rows, size.width());
                TInt32 fedMask = batch.mask()) {
            Session.Runner runner = session.runner().feed(hidden, fedHidden).feed(mask, fedMask);
            var tensors = new ArrayList<TFloat32>();
            try {
                wanted.forEach((head, values) -> {
                    TFloat32 tensor = TFloat32.tensorOf(
                            Shape.of(rows.size(), labelCounts.get(head)), DataBuffers.of(values, true, false));
                    tensors.add(tensor);
                    runner.feed(targets.get(head), tensor);
                });
                return optimiser.step(runner, rate);
            } finally {
                tensors.forEach(TFloat32::close);
            }
        }
    }

    /** What the heads answer, {@code [head][row][label]}. */
    float[][][] logits(TokenBatch batch, List<float[]> rows) {
        try (TFloat32 fedHidden = batch.hidden(rows, size.width());
                TInt32 fedMask = batch.mask()) {
            Session.Runner runner = session.runner().feed(hidden, fedHidden).feed(mask, fedMask);
            logits.values().forEach(runner::fetch);
            var answers = new float[logits.size()][rows.size()][];
            try (Result result = runner.run()) {
                int head = 0;
                for (int labels : labelCounts.values()) {
                    var flat = new float[rows.size() * labels];
                    ((TFloat32) result.get(head))
                            .asRawTensor()
                            .data()
                            .asFloats()
                            .read(flat);
                    for (int row = 0; row < rows.size(); row++) {
                        answers[head][row] = Arrays.copyOfRange(flat, row * labels, (row + 1) * labels);
                    }
                    head++;
                }
            }
            return answers;
        }
    }

    /** What has been learnt, by name. */
    Map<String, TensorFile.Values> values() {
        List<float[]> read =
                NetworkSession.values(session, List.copyOf(learnt.byName().values()));
        var values = new LinkedHashMap<String, TensorFile.Values>();
        int next = 0;
        for (Map.Entry<String, Variable<TFloat32>> variable : learnt.byName().entrySet()) {
            values.put(
                    variable.getKey(), new TensorFile.Values(variable.getValue().shape(), read.get(next++)));
        }
        return values;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
