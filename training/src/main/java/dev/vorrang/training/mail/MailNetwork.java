package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The network above the tables, the same for training and for serving. For each {@link Reading} the sum of the rows of a mail's features
 * is the input of a layer of rectified units, on which each head has a linear layer. That is a perceptron on a bag of features, wide and with one
 * hidden layer (Galke and Scherp, Bag-of-Words vs. Graph vs. Sequence in Text Classification, 2022).
 */
final class MailNetwork {

    private final Ops tf;
    private final NetworkShape shape;
    private final Map<String, Integer> labels;
    private final Map<String, Variable<TFloat32>> dense = new LinkedHashMap<>();

    /** @param names what its variables are called in the graph */
    MailNetwork(Ops tf, UnaryOperator<String> names, NetworkShape shape, Map<String, Integer> labels) {
        this.tf = tf;
        this.shape = shape;
        this.labels = Map.copyOf(labels);
        shapes(shape, labels).forEach((name, size) -> {
            if (!Reading.isTable(name)) {
                dense.put(name, tf.withName(names.apply(name)).variable(size, TFloat32.class));
            }
        });
    }

    /** Shape of every variable by name. */
    static Map<String, Shape> shapes(NetworkShape shape, Map<String, Integer> labels) {
        var shapes = new LinkedHashMap<String, Shape>();
        for (Reading reading : Reading.values()) {
            NetworkShape.Table table = shape.of(reading);
            shapes.put(reading.table(), Shape.of(table.rows(), table.width()));
            shapes.put(reading.hiddenBias(), Shape.of(table.width()));
            if (!shape.linear()) {
                labels.forEach((head, count) -> {
                    shapes.put(reading.headWeights(head), Shape.of(table.width(), count));
                    shapes.put(reading.headBias(head), Shape.of(count));
                });
            }
        }
        return shapes;
    }

    /** Variables other than the tables, by name. */
    Map<String, Variable<TFloat32>> dense() {
        return dense;
    }

    /**
     * The hidden layer of a reading; of a linear network the logits, and a column without a meaning where their number is odd.
     *
     * @param sums {@code float32 [batch, width]}, sum of the weighted rows of each mail's features
     * @return {@code float32 [batch, width]}
     */
    Operand<TFloat32> hidden(Reading reading, Operand<TFloat32> sums) {
        Operand<TFloat32> units = tf.math.add(sums, dense.get(reading.hiddenBias()));
        return shape.linear() ? units : tf.nn.relu(units);
    }

    /**
     * Where a small change of the sums changes the hidden layer.
     *
     * @param hidden {@code float32 [batch, width]}
     * @return {@code float32 [batch, width]}, 1 or 0
     */
    Operand<TFloat32> active(Operand<TFloat32> hidden) {
        return shape.linear()
                ? tf.onesLike(hidden)
                : tf.dtypes.cast(tf.math.greater(hidden, tf.constant(0f)), TFloat32.class);
    }

    /** What a head multiplies the hidden layer by, {@code float32 [width, labels]}. */
    Operand<TFloat32> headWeights(Reading reading, String head) {
        if (!shape.linear()) {
            return dense.get(reading.headWeights(head));
        }
        var unit = new float[shape.of(reading).width()][labels.get(head)];
        for (int label = 0; label < labels.get(head); label++) {
            unit[label][label] = 1;
        }
        return tf.constant(unit);
    }

    /**
     * What one reading answers.
     *
     * @param hidden {@code float32 [batch, width]}
     * @return logits of a head, {@code float32 [batch, labels]}
     */
    Operand<TFloat32> logits(Reading reading, String head, Operand<TFloat32> hidden) {
        return shape.linear()
                ? tf.stridedSlice(hidden, Indices.all(), Indices.sliceTo(labels.get(head)))
                : tf.math.add(
                        tf.linalg.matMul(hidden, dense.get(reading.headWeights(head))),
                        dense.get(reading.headBias(head)));
    }

    /**
     * What all readings together answer.
     *
     * @param hidden that of each reading
     * @return logits of a head, {@code float32 [batch, labels]}
     */
    Operand<TFloat32> logits(String head, Map<Reading, Operand<TFloat32>> hidden) {
        var parts = new ArrayList<Operand<TFloat32>>();
        hidden.forEach(
                (reading, layer) -> parts.add(tf.math.mul(logits(reading, head, layer), tf.constant(reading.share()))));
        return tf.math.addN(parts);
    }
}
