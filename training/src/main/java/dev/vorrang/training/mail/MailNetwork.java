package dev.vorrang.training.mail;

import dev.vorrang.training.mail.TextFeatures.Bag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The network as operations of a graph, the same for training and for serving: two embedding bags (words, characters), a hidden
 * layer beside them, and one linear layer for each head. Tables are single precision in training, half in serving.
 *
 * @param <T> type of the tables
 */
final class MailNetwork<T extends TNumber> {

    static final String WORDS = "words";
    static final String CHARACTERS = "characters";
    private static final String HIDDEN_WEIGHTS = "hidden.weights";
    private static final String HIDDEN_BIAS = "hidden.bias";

    private final Ops tf;
    private final Variable<T> words;
    private final Variable<T> characters;
    private final Map<String, Variable<TFloat32>> dense = new LinkedHashMap<>();

    MailNetwork(Ops tf, NetworkShape shape, Map<String, Integer> labels, Class<T> tableType) {
        this.tf = tf;
        this.words = tf.withName(WORDS).variable(tableShape(shape.wordBuckets(), shape), tableType);
        this.characters = tf.withName(CHARACTERS).variable(tableShape(shape.characterBuckets(), shape), tableType);
        denseShapes(shape, labels)
                .forEach((name, size) -> dense.put(name, tf.withName(name).variable(size, TFloat32.class)));
    }

    /** Shape of every variable by name; the tables come first. */
    static Map<String, Shape> shapes(NetworkShape shape, Map<String, Integer> labels) {
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put(WORDS, tableShape(shape.wordBuckets(), shape));
        shapes.put(CHARACTERS, tableShape(shape.characterBuckets(), shape));
        shapes.putAll(denseShapes(shape, labels));
        return shapes;
    }

    Variable<T> words() {
        return words;
    }

    Variable<T> characters() {
        return characters;
    }

    /** Variables other than the tables, by name. */
    Map<String, Variable<TFloat32>> dense() {
        return dense;
    }

    /**
     * Sum of the rows of a bag's features, divided by the root of their number; zero for a mail without any.
     *
     * @return {@code float32 [batch, dimensions]}
     */
    Operand<TFloat32> pool(Variable<T> table, Bag bag, Operand<TInt32> batch) {
        return tf.dtypes.cast(
                tf.sparse.sparseSegmentSqrtNWithNumSegments(table, bag.ids(), bag.mails(), batch), TFloat32.class);
    }

    /**
     * @param pooledWords {@code float32 [batch, dimensions]}
     * @param pooledCharacters {@code float32 [batch, dimensions]}
     * @param dropout multiplied into the layer before the heads, in training
     * @return logits of each head, {@code float32 [batch, labels]}
     */
    Map<String, Operand<TFloat32>> logits(
            Operand<TFloat32> pooledWords,
            Operand<TFloat32> pooledCharacters,
            java.util.function.UnaryOperator<Operand<TFloat32>> dropout) {
        Operand<TFloat32> pooled = tf.concat(List.of(pooledWords, pooledCharacters), tf.constant(1));
        Operand<TFloat32> hidden =
                tf.nn.relu(tf.math.add(tf.linalg.matMul(pooled, dense.get(HIDDEN_WEIGHTS)), dense.get(HIDDEN_BIAS)));
        Operand<TFloat32> both = dropout.apply(tf.concat(List.of(pooled, hidden), tf.constant(1)));
        var logits = new LinkedHashMap<String, Operand<TFloat32>>();
        dense.keySet().stream()
                .filter(name -> name.startsWith("head.") && name.endsWith(".weights"))
                .forEach(name -> {
                    String head = name.substring("head.".length(), name.length() - ".weights".length());
                    logits.put(
                            head,
                            tf.math.add(tf.linalg.matMul(both, dense.get(name)), dense.get("head." + head + ".bias")));
                });
        return logits;
    }

    private static Shape tableShape(int buckets, NetworkShape shape) {
        return Shape.of(buckets, shape.dimensions());
    }

    private static Map<String, Shape> denseShapes(NetworkShape shape, Map<String, Integer> labels) {
        int pooled = 2 * shape.dimensions();
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put(HIDDEN_WEIGHTS, Shape.of(pooled, shape.hidden()));
        shapes.put(HIDDEN_BIAS, Shape.of(shape.hidden()));
        labels.forEach((head, count) -> {
            shapes.put("head." + head + ".weights", Shape.of(pooled + shape.hidden(), count));
            shapes.put("head." + head + ".bias", Shape.of(count));
        });
        return shapes;
    }
}
