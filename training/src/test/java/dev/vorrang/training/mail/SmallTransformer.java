package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A small encoder of the BERT kind as operations of a graph: embeddings of tokens and positions, layers of attention (Vaswani et
 * al., Attention Is All You Need, 2017) that respects the mask, the mean over the tokens, and one linear layer for the logits.
 */
final class SmallTransformer {

    /** @param heads heads of attention, which divide the width */
    record Size(int vocabulary, int maxLength, int width, int layers, int heads, int labels) {}

    private static final float MASKED = -1e9f;

    private final Ops tf;
    private final Size size;
    private final Map<String, Variable<TFloat32>> weights = new LinkedHashMap<>();

    SmallTransformer(Ops tf, Size size) {
        this.tf = tf;
        this.size = size;
        shapes(size)
                .forEach((name, shape) -> weights.put(name, tf.withName(name).variable(shape, TFloat32.class)));
    }

    /** Variables by name, in the order of {@link #shapes}. */
    Map<String, Variable<TFloat32>> weights() {
        return weights;
    }

    static Map<String, Shape> shapes(Size size) {
        int width = size.width();
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put("tokens", Shape.of(size.vocabulary(), width));
        shapes.put("positions", Shape.of(size.maxLength(), width));
        for (int layer = 0; layer < size.layers(); layer++) {
            for (String part : List.of("query", "key", "value", "mix")) {
                dense(shapes, layer + "." + part, width, width);
            }
            dense(shapes, layer + ".up", width, 2 * width);
            dense(shapes, layer + ".down", 2 * width, width);
        }
        dense(shapes, "logits", width, size.labels());
        return shapes;
    }

    private static void dense(Map<String, Shape> shapes, String name, int from, int to) {
        shapes.put(name + ".weights", Shape.of(from, to));
        shapes.put(name + ".bias", Shape.of(to));
    }

    /** {@code [batch, length]} token ids and mask to {@code [batch, width]}. */
    Operand<TFloat32> features(Operand<TInt64> ids, Operand<TInt64> mask) {
        Operand<TInt32> length = tf.gather(tf.shape(ids), tf.constant(1), tf.constant(0));
        Operand<TFloat32> shown = tf.dtypes.cast(mask, TFloat32.class);
        Operand<TFloat32> hidden = tf.math.add(
                tf.gather(weights.get("tokens"), ids, tf.constant(0)),
                tf.gather(weights.get("positions"), tf.range(tf.constant(0), length, tf.constant(1)), tf.constant(0)));
        // [batch, 1, 1, length]: nobody attends to padding.
        Operand<TFloat32> hide = tf.expandDims(
                tf.expandDims(tf.math.mul(tf.math.sub(tf.constant(1f), shown), tf.constant(MASKED)), tf.constant(1)),
                tf.constant(1));
        for (int layer = 0; layer < size.layers(); layer++) {
            hidden = tf.math.add(hidden, attention(layer, normal(hidden), hide));
            Operand<TFloat32> up = tf.nn.relu(dense(layer + ".up", normal(hidden)));
            hidden = tf.math.add(hidden, dense(layer + ".down", up));
        }
        Operand<TFloat32> weight = tf.expandDims(shown, tf.constant(2));
        return tf.math.div(
                tf.reduceSum(tf.math.mul(hidden, weight), tf.constant(1)), tf.reduceSum(weight, tf.constant(1)));
    }

    Operand<TFloat32> logits(Operand<TFloat32> features) {
        return tf.math.add(tf.linalg.matMul(features, weights.get("logits.weights")), weights.get("logits.bias"));
    }

    private Operand<TFloat32> attention(int layer, Operand<TFloat32> hidden, Operand<TFloat32> hide) {
        Operand<TFloat32> query = divided(dense(layer + ".query", hidden));
        Operand<TFloat32> key = divided(dense(layer + ".key", hidden));
        Operand<TFloat32> value = divided(dense(layer + ".value", hidden));
        float scale = (float) (1 / Math.sqrt((double) size.width() / size.heads()));
        Operand<TFloat32> scores = tf.math.mul(
                tf.train.batchMatMul(
                        query, tf.linalg.transpose(key, tf.constant(new int[] {0, 1, 3, 2})), TFloat32.class),
                tf.constant(scale));
        Operand<TFloat32> attended =
                tf.train.batchMatMul(tf.nn.softmax(tf.math.add(scores, hide)), value, TFloat32.class);
        Operand<TFloat32> together = tf.linalg.transpose(attended, tf.constant(new int[] {0, 2, 1, 3}));
        return dense(layer + ".mix", tf.reshape(together, tf.shape(hidden)));
    }

    /** {@code [batch, length, width]} to {@code [batch, heads, length, width / heads]}. */
    private Operand<TFloat32> divided(Operand<TFloat32> hidden) {
        Operand<TInt32> shape = tf.shape(hidden);
        var parts = new ArrayList<Operand<TInt32>>();
        parts.add(tf.slice(shape, tf.constant(new int[] {0}), tf.constant(new int[] {2})));
        parts.add(tf.constant(new int[] {size.heads(), size.width() / size.heads()}));
        return tf.linalg.transpose(
                tf.reshape(hidden, tf.concat(parts, tf.constant(0))), tf.constant(new int[] {0, 2, 1, 3}));
    }

    /** Layer norm without scale and shift. */
    private Operand<TFloat32> normal(Operand<TFloat32> hidden) {
        Operand<TInt32> last = tf.constant(new int[] {2});
        Operand<TFloat32> mean = tf.expandDims(tf.math.mean(hidden, last), tf.constant(2));
        Operand<TFloat32> centred = tf.math.sub(hidden, mean);
        Operand<TFloat32> variance = tf.expandDims(tf.math.mean(tf.math.square(centred), last), tf.constant(2));
        return tf.math.mul(centred, tf.math.rsqrt(tf.math.add(variance, tf.constant(1e-5f))));
    }

    private Operand<TFloat32> dense(String name, Operand<TFloat32> hidden) {
        Variable<TFloat32> matrix = weights.get(name + ".weights");
        int from = (int) matrix.shape().get(0);
        int to = (int) matrix.shape().get(1);
        Operand<TFloat32> rows = tf.linalg.matMul(tf.reshape(hidden, tf.constant(new int[] {-1, from})), matrix);
        Operand<TInt32> outer = tf.slice(tf.shape(hidden), tf.constant(new int[] {0}), tf.constant(new int[] {2}));
        Operand<TInt32> shape = tf.concat(List.of(outer, tf.constant(new int[] {to})), tf.constant(0));
        return tf.reshape(tf.math.add(rows, weights.get(name + ".bias")), shape);
    }
}
