package dev.vorrang.training.bert;

import dev.vorrang.training.TrainingDataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Weights in a checkpoint of TensorFlow, read one at a time, for all of them are large. Owns a session; for one thread; whoever opens
 * it closes it.
 */
public final class BertCheckpoint implements AutoCloseable {

    static final String PREFIX = "module/bert/";
    private static final int HEAD_WIDTH = 64;

    private final Path path;
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TString> name;
    private final Placeholder<TFloat32> down;
    private final Placeholder<TFloat32> up;
    private final Placeholder<TFloat32> scale;
    private final Operand<TFloat32> restored;
    private final Operand<TFloat32> merged;

    private BertCheckpoint(Path path) {
        this.path = path;
        Ops tf = Ops.create(graph);
        name = tf.placeholder(TString.class, Placeholder.shape(Shape.of(1)));
        down = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
        up = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
        scale = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        @SuppressWarnings("unchecked") // The type is the one asked for.
        var value = (Operand<TFloat32>) tf.train
                .restore(tf.constant(path.toString()), name, tf.array(""), List.of(TFloat32.class))
                .tensors()
                .get(0);
        restored = value;
        merged = tf.math.add(restored, tf.math.mul(tf.linalg.matMul(down, up), scale));
        session = new Session(graph);
    }

    /** @param path of the checkpoint's files without what follows {@code .index} and {@code .data}: {@code variables/variables} */
    public static BertCheckpoint open(Path path) {
        return new BertCheckpoint(path);
    }

    /**
     * The size of the model. The width of a head of attention is 64, as in all published ones; a narrow model has two heads.
     *
     * @param layers how many of its layers are to be used
     * @throws TrainingDataException if it has fewer
     */
    public BertSize size(int layers) {
        Shape words = shape(BertSize.WORDS);
        Shape inner = shape(BertSize.layer(layers - 1, BertSize.UP) + "/bias");
        int width = Math.toIntExact(words.get(1));
        return new BertSize(
                Math.toIntExact(words.get(0)),
                Math.toIntExact(shape(BertSize.POSITIONS).get(0)),
                width,
                layers,
                Math.max(2, width / HEAD_WIDTH),
                Math.toIntExact(inner.get(0)));
    }

    private Shape shape(String weight) {
        try (TString fed = TString.vectorOf(PREFIX + weight);
                Tensor tensor = run(weight, session.runner().feed(name, fed).fetch(restored))) {
            return tensor.shape();
        }
    }

    /**
     * One of the weights.
     *
     * @return to be closed by the caller
     * @throws TrainingDataException if it is not there, or has another shape
     */
    public TFloat32 read(String weight, Shape shape) {
        try (TString fed = TString.vectorOf(PREFIX + weight)) {
            return checked(weight, shape, session.runner().feed(name, fed).fetch(restored));
        }
    }

    /**
     * A matrix and its adapter in one; {@link #read} if it has none.
     *
     * @param weight name of the matrix, as {@link BertSize#layers} has it
     */
    public TFloat32 read(String weight, Shape shape, Map<String, TensorFile.Values> adapters, float scaled) {
        String matrix = weight.endsWith("/kernel") ? weight.substring(0, weight.lastIndexOf('/')) : weight;
        if (!weight.endsWith("/kernel") || !adapters.containsKey(matrix + LowRank.DOWN)) {
            return read(weight, shape);
        }
        try (TString fed = TString.vectorOf(PREFIX + weight);
                TFloat32 fedDown = tensor(adapters.get(matrix + LowRank.DOWN));
                TFloat32 fedUp = tensor(adapters.get(matrix + LowRank.UP));
                TFloat32 fedScale = TFloat32.scalarOf(scaled)) {
            return checked(
                    weight,
                    shape,
                    session.runner()
                            .feed(name, fed)
                            .feed(down, fedDown)
                            .feed(up, fedUp)
                            .feed(scale, fedScale)
                            .fetch(merged));
        }
    }

    private TFloat32 checked(String weight, Shape shape, Session.Runner runner) {
        Tensor tensor = run(weight, runner);
        if (!tensor.shape().equals(shape)) {
            tensor.close();
            throw new TrainingDataException("base model at " + path + ": '" + PREFIX + weight + "' has the shape "
                    + tensor.shape() + ", expected " + shape);
        }
        return (TFloat32) tensor;
    }

    private Tensor run(String weight, Session.Runner runner) {
        try {
            return runner.run().get(0);
        } catch (TensorFlowException e) {
            throw new TrainingDataException(
                    "base model at " + path + ": '" + PREFIX + weight + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** To be closed by the caller. */
    public static TFloat32 tensor(TensorFile.Values values) {
        return TFloat32.tensorOf(values.shape(), DataBuffers.of(values.values(), true, false));
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
