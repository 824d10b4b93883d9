package dev.vorrang.training.mail;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.tensorflow.ndarray.Shape;

/**
 * Values of every variable of a network, in row-major order.
 *
 * @param values by the variable's name, in the order of {@link MailNetwork#shapes}
 */
record Weights(Map<String, float[]> values) {

    private static final float TABLE_LIMIT = 0.05f;

    /** Random tables and matrices, zero biases; the same for the same seed. All of a linear network is zero. */
    static Weights initial(NetworkShape network, Map<String, Integer> labels, long seed) {
        var random = new Random(seed);
        var values = new LinkedHashMap<String, float[]>();
        MailNetwork.shapes(network, labels).forEach((name, shape) -> {
            var value = new float[(int) shape.size()];
            float limit = network.linear() ? 0 : limit(name, shape);
            if (limit > 0) {
                for (int i = 0; i < value.length; i++) {
                    value[i] = (random.nextFloat() * 2 - 1) * limit;
                }
            }
            values.put(name, value);
        });
        return new Weights(values);
    }

    /** These values and those of another, which win. */
    Weights and(Weights other) {
        var all = new LinkedHashMap<>(values);
        all.putAll(other.values());
        return new Weights(all);
    }

    /** A first value of a table. */
    static float tableValue(Random random) {
        return (random.nextFloat() * 2 - 1) * TABLE_LIMIT;
    }

    /** Matrices after Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010. */
    private static float limit(String name, Shape shape) {
        if (shape.numDimensions() == 1) {
            return 0;
        }
        return Reading.isTable(name) ? TABLE_LIMIT : (float) Math.sqrt(6.0 / (shape.get(0) + shape.get(1)));
    }
}
