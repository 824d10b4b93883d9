package dev.vorrang.training.bert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Low-rank adapters (Hu et al., LoRA: Low-Rank Adaptation of Large Language Models, 2021): what is added to a matrix is the product
 * of two narrow ones, times a scale.
 */
public final class LowRank {

    /** Behind the name of the matrix: {@code [from, rank]} and {@code [rank, to]}. */
    public static final String DOWN = "/low_rank_down";

    public static final String UP = "/low_rank_up";

    private final Ops tf;
    private final Map<String, ? extends Operand<TFloat32>> weights;
    private final float scale;

    /** @param weights of the narrow matrices, by name */
    public LowRank(Ops tf, Map<String, ? extends Operand<TFloat32>> weights, float scale) {
        this.tf = tf;
        this.weights = weights;
        this.scale = scale;
    }

    /** Adapters of all matrices of some layers, by name. */
    public static Map<String, Shape> shapes(BertSize size, int from, int to, int rank) {
        var shapes = new LinkedHashMap<String, Shape>();
        for (int layer = from; layer < to; layer++) {
            size.matrices(layer).forEach((name, shape) -> {
                shapes.put(name + DOWN, Shape.of(shape.get(0), rank));
                shapes.put(name + UP, Shape.of(rank, shape.get(1)));
            });
        }
        return shapes;
    }

    /** Random on the way down, zero on the way up: they change nothing at first. */
    public static float[] initial(String name, Shape shape, Random random) {
        var values = new float[(int) shape.size()];
        if (name.endsWith(DOWN)) {
            double deviation = 1 / Math.sqrt(shape.get(0));
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
        }
        return values;
    }

    /** What is added for {@code hidden} ({@code [rows, from]}), if the matrix has an adapter. */
    Optional<Operand<TFloat32>> product(String matrix, Operand<TFloat32> hidden) {
        if (!weights.containsKey(matrix + DOWN)) {
            return Optional.empty();
        }
        Operand<TFloat32> low = tf.linalg.matMul(hidden, weights.get(matrix + DOWN));
        return Optional.of(tf.math.mul(tf.linalg.matMul(low, weights.get(matrix + UP)), tf.constant(scale)));
    }
}
