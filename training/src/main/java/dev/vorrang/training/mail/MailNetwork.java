package dev.vorrang.training.mail;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The network above the table, the same for training and for serving: the sum of the rows of a mail's features is the input of
 * a layer of rectified units, on which each head has a linear layer. That is a perceptron on a bag of features, wide and with one
 * hidden layer (Galke and Scherp, Bag-of-Words vs. Graph vs. Sequence in Text Classification, 2022).
 */
final class MailNetwork {

    static final String TABLE = "table";
    static final String HIDDEN_BIAS = "hidden.bias";

    private final Ops tf;
    private final Map<String, Variable<TFloat32>> dense = new LinkedHashMap<>();

    MailNetwork(Ops tf, NetworkShape shape, Map<String, Integer> labels) {
        this.tf = tf;
        denseShapes(shape, labels)
                .forEach((name, size) -> dense.put(name, tf.withName(name).variable(size, TFloat32.class)));
    }

    /** Shape of every variable by name; the table comes first. */
    static Map<String, Shape> shapes(NetworkShape shape, Map<String, Integer> labels) {
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put(TABLE, Shape.of(shape.rows(), shape.width()));
        shapes.putAll(denseShapes(shape, labels));
        return shapes;
    }

    /** Name of the matrix of a head, {@code [width, labels]}. */
    static String headWeights(String head) {
        return "head." + head + ".weights";
    }

    /** Name of the biases of a head, {@code [labels]}. */
    static String headBias(String head) {
        return "head." + head + ".bias";
    }

    /** Variables other than the table, by name. */
    Map<String, Variable<TFloat32>> dense() {
        return dense;
    }

    /**
     * The hidden layer.
     *
     * @param sums {@code float32 [batch, width]}, sum of the weighted rows of each mail's features
     * @return {@code float32 [batch, width]}
     */
    Operand<TFloat32> hidden(Operand<TFloat32> sums) {
        return tf.nn.relu(tf.math.add(sums, dense.get(HIDDEN_BIAS)));
    }

    /**
     * @param hidden {@code float32 [batch, width]}
     * @return logits of a head, {@code float32 [batch, labels]}
     */
    Operand<TFloat32> logits(String head, Operand<TFloat32> hidden) {
        return tf.math.add(tf.linalg.matMul(hidden, dense.get(headWeights(head))), dense.get(headBias(head)));
    }

    private static Map<String, Shape> denseShapes(NetworkShape shape, Map<String, Integer> labels) {
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put(HIDDEN_BIAS, Shape.of(shape.width()));
        labels.forEach((head, count) -> {
            shapes.put(headWeights(head), Shape.of(shape.width(), count));
            shapes.put(headBias(head), Shape.of(count));
        });
        return shapes;
    }
}
