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

    /** Random tables and matrices, zero biases; the same for the same seed. */
    static Weights initial(NetworkShape network, Map<String, Integer> labels, long seed) {
        var random = new Random(seed);
        var values = new LinkedHashMap<String, float[]>();
        MailNetwork.shapes(network, labels).forEach((name, shape) -> {
            var value = new float[(int) shape.size()];
            float limit = limit(name, shape);
            if (limit > 0) {
                for (int i = 0; i < value.length; i++) {
                    value[i] = (random.nextFloat() * 2 - 1) * limit;
                }
            }
            values.put(name, value);
        });
        return new Weights(values);
    }

    /** Matrices after Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010. */
    private static float limit(String name, Shape shape) {
        if (shape.numDimensions() == 1) {
            return 0;
        }
        if (name.equals(MailNetwork.WORDS) || name.equals(MailNetwork.CHARACTERS)) {
            return 0.05f;
        }
        return (float) Math.sqrt(6.0 / (shape.get(0) + shape.get(1)));
    }
}
