package dev.vorrang.training.bert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * BERT's encoder as operations of a graph, with the approximation of GELU by tanh that its published weights were trained with.
 * Hidden layers are {@code [batch * length, width]}, the tokens of a text one after the other.
 */
public final class BertEncoder {

    /** What is added to the attention that goes to padding. */
    private static final float MASKED = -10_000f;

    private static final float EPSILON = 1e-12f;
    private static final float GELU_CUBE = 0.044715f;
    private static final float GELU_FACTOR = (float) (2 * Math.sqrt(2 / Math.PI));

    private final Ops tf;
    private final BertSize size;
    private final Map<String, ? extends Operand<TFloat32>> weights;
    private final Optional<LowRank> adapters;
    private final boolean half;

    /** One without adapters that computes in single precision. */
    public BertEncoder(Ops tf, BertSize size, Map<String, ? extends Operand<TFloat32>> weights) {
        this(tf, size, weights, Optional.empty(), false);
    }

    /**
     * @param weights by name, at least those of the layers that are used
     * @param adapters added to the matrices that have one
     * @param half whether the large matrices are multiplied in bfloat16, which processors with AMX do in less than half the time
     */
    public BertEncoder(
            Ops tf,
            BertSize size,
            Map<String, ? extends Operand<TFloat32>> weights,
            Optional<LowRank> adapters,
            boolean half) {
        this.half = half;
        this.tf = tf;
        this.size = size;
        this.weights = weights;
        this.adapters = adapters;
    }

    /**
     * What the first layer takes.
     *
     * @param ids tokens, {@code [batch, length]}
     * @param types the part of the text that each belongs to, 0 or 1
     */
    public Operand<TFloat32> embeddings(Operand<TInt32> ids, Operand<TInt32> types) {
        Operand<TInt32> length = tf.gather(tf.shape(ids), tf.constant(1), tf.constant(0));
        Operand<TFloat32> positions = tf.gather(
                weights.get(BertSize.POSITIONS), tf.range(tf.constant(0), length, tf.constant(1)), tf.constant(0));
        Operand<TFloat32> tokens = tf.math.add(
                tf.gather(weights.get(BertSize.WORDS), ids, tf.constant(0)),
                tf.gather(weights.get(BertSize.TYPES), types, tf.constant(0)));
        return norm(BertSize.EMBEDDINGS_NORM, flat(tf.math.add(tokens, positions)));
    }

    /**
     * Some layers, one after the other.
     *
     * @param hidden what goes into the first of them
     * @param mask {@code [batch, length]}, 1 for a token, 0 for padding
     */
    public Operand<TFloat32> layers(int from, int to, Operand<TFloat32> hidden, Operand<TInt32> mask) {
        // [batch, 1, 1, length]: nobody attends to padding.
        Operand<TFloat32> hide = tf.expandDims(
                tf.expandDims(
                        tf.math.mul(
                                tf.math.sub(tf.constant(1f), tf.dtypes.cast(mask, TFloat32.class)),
                                tf.constant(MASKED)),
                        tf.constant(1)),
                tf.constant(1));
        Operand<TFloat32> next = hidden;
        for (int layer = from; layer < to; layer++) {
            Operand<TFloat32> attended = norm(
                    BertSize.layer(layer, BertSize.ATTENTION_NORM),
                    tf.math.add(next, attention(layer, next, hide, tf.shape(mask))));
            Operand<TFloat32> up = gelu(dense(BertSize.layer(layer, BertSize.UP), attended));
            next = norm(
                    BertSize.layer(layer, BertSize.OUTPUT_NORM),
                    tf.math.add(attended, dense(BertSize.layer(layer, BertSize.DOWN), up)));
        }
        return next;
    }

    /**
     * A text as one vector: that of its first token, and the mean over all tokens.
     *
     * @return {@code [batch, 2 * width]}
     */
    public Operand<TFloat32> features(Operand<TFloat32> hidden, Operand<TInt32> mask) {
        Operand<TFloat32> texts = tf.reshape(
                hidden, tf.concat(List.of(tf.shape(mask), tf.constant(new int[] {size.width()})), tf.constant(0)));
        Operand<TFloat32> shown = tf.expandDims(tf.dtypes.cast(mask, TFloat32.class), tf.constant(2));
        Operand<TFloat32> mean = tf.math.div(
                tf.reduceSum(tf.math.mul(texts, shown), tf.constant(1)), tf.reduceSum(shown, tf.constant(1)));
        Operand<TFloat32> first = tf.gather(texts, tf.constant(0), tf.constant(1));
        return tf.concat(List.of(first, mean), tf.constant(1));
    }

    private Operand<TFloat32> attention(
            int layer, Operand<TFloat32> hidden, Operand<TFloat32> hide, Operand<TInt32> shape) {
        Operand<TFloat32> query = divided(dense(BertSize.layer(layer, BertSize.QUERY), hidden), shape);
        Operand<TFloat32> key = divided(dense(BertSize.layer(layer, BertSize.KEY), hidden), shape);
        Operand<TFloat32> value = divided(dense(BertSize.layer(layer, BertSize.VALUE), hidden), shape);
        float scale = (float) (1 / Math.sqrt((double) size.width() / size.heads()));
        Operand<TFloat32> scores = tf.math.mul(
                tf.train.batchMatMul(
                        query, tf.linalg.transpose(key, tf.constant(new int[] {0, 1, 3, 2})), TFloat32.class),
                tf.constant(scale));
        Operand<TFloat32> attended =
                tf.train.batchMatMul(tf.nn.softmax(tf.math.add(scores, hide)), value, TFloat32.class);
        return dense(
                BertSize.layer(layer, BertSize.MIX),
                flat(tf.linalg.transpose(attended, tf.constant(new int[] {0, 2, 1, 3}))));
    }

    /** {@code [batch * length, width]} to {@code [batch, heads, length, width / heads]}. */
    private Operand<TFloat32> divided(Operand<TFloat32> hidden, Operand<TInt32> shape) {
        Operand<TInt32> parts = tf.constant(new int[] {size.heads(), size.width() / size.heads()});
        return tf.linalg.transpose(
                tf.reshape(hidden, tf.concat(List.of(shape, parts), tf.constant(0))),
                tf.constant(new int[] {0, 2, 1, 3}));
    }

    private Operand<TFloat32> flat(Operand<TFloat32> hidden) {
        return tf.reshape(hidden, tf.constant(new int[] {-1, size.width()}));
    }

    private Operand<TFloat32> dense(String name, Operand<TFloat32> hidden) {
        Operand<TFloat32> product = product(hidden, weights.get(name + "/kernel"));
        Operand<TFloat32> adapted = adapters.flatMap(each -> each.product(name, hidden))
                .<Operand<TFloat32>>map(low -> tf.math.add(product, low))
                .orElse(product);
        return tf.nn.biasAdd(adapted, weights.get(name + "/bias"));
    }

    private Operand<TFloat32> product(Operand<TFloat32> hidden, Operand<TFloat32> kernel) {
        return half
                ? tf.dtypes.cast(
                        tf.linalg.matMul(
                                tf.dtypes.cast(hidden, TBfloat16.class), tf.dtypes.cast(kernel, TBfloat16.class)),
                        TFloat32.class)
                : tf.linalg.matMul(hidden, kernel);
    }

    private Operand<TFloat32> norm(String name, Operand<TFloat32> hidden) {
        Operand<TInt32> last = tf.constant(new int[] {1});
        Operand<TFloat32> centred = tf.math.sub(hidden, tf.expandDims(tf.math.mean(hidden, last), tf.constant(1)));
        Operand<TFloat32> variance = tf.expandDims(tf.math.mean(tf.math.square(centred), last), tf.constant(1));
        Operand<TFloat32> scaled = tf.math.mul(centred, tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON))));
        return tf.math.add(tf.math.mul(scaled, weights.get(name + "/gamma")), weights.get(name + "/beta"));
    }

    /**
     * Gaussian error linear units, approximated by tanh (Hendrycks and Gimpel, 2016, section 2); half of one plus the tanh of z is the
     * sigmoid of 2 z, which takes fewer steps.
     */
    private Operand<TFloat32> gelu(Operand<TFloat32> x) {
        Operand<TFloat32> factor = tf.math.add(
                tf.constant(GELU_FACTOR), tf.math.mul(tf.constant(GELU_FACTOR * GELU_CUBE), tf.math.square(x)));
        return tf.math.mul(x, tf.math.sigmoid(tf.math.mul(x, factor)));
    }
}
