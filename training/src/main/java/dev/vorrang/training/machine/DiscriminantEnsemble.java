package dev.vorrang.training.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Discriminants that tell apart different numbers of ways in which a machine runs, several of each number as k-means depends on
 * chance. What they say is averaged, with weights for each number of ways.
 *
 * @param scale scale of the features
 * @param classes number of classes
 * @param members discriminants, by number of ways
 */
record DiscriminantEnsemble(Scale scale, int classes, List<List<SubclassDiscriminant>> members) {

    /** Numbers of ways in which a machine may run. */
    static final List<Integer> WAYS = List.of(1, 6, 12);

    private static final int REPEATS = 3;
    /** Features are cut here, so that a reading far beyond the training data does not run away with the answer. */
    private static final float MOST = 8;

    /** @param running number of the first features that tell how the machine runs */
    static DiscriminantEnsemble fit(float[][] features, int[] labels, int classes, int running, long seed) {
        Scale scale = Scale.ofFeatures(features);
        float[][] scaled = scaled(scale, features);
        var members = new ArrayList<List<SubclassDiscriminant>>();
        for (int ways : WAYS) {
            members.add(IntStream.range(0, ways == 1 ? 1 : REPEATS)
                    .mapToObj(repeat -> SubclassDiscriminant.fit(
                            scaled, labels, SubclassDiscriminant.ways(scaled, running, ways, seed + repeat)))
                    .toList());
        }
        return new DiscriminantEnsemble(scale, classes, members);
    }

    private static float[][] scaled(Scale scale, float[][] features) {
        var scaled = new float[features.length][];
        for (int row = 0; row < scaled.length; row++) {
            scaled[row] = new float[features[row].length];
            for (int i = 0; i < scaled[row].length; i++) {
                float value = (features[row][i] - scale.means()[i]) * scale.factors()[i];
                scaled[row][i] = Math.max(-MOST, Math.min(MOST, value));
            }
        }
        return scaled;
    }

    /** What the members of each number of ways say on average: {@code [ways][row][class]}. */
    double[][][] answers(float[][] features, double temperature) {
        float[][] scaled = scaled(scale, features);
        var answers = new double[members.size()][scaled.length][classes];
        for (int ways = 0; ways < answers.length; ways++) {
            List<SubclassDiscriminant> some = members.get(ways);
            for (int row = 0; row < scaled.length; row++) {
                for (SubclassDiscriminant member : some) {
                    double[] said = member.probabilities(scaled[row], classes, temperature);
                    for (int i = 0; i < classes; i++) {
                        answers[ways][row][i] += said[i] / some.size();
                    }
                }
            }
        }
        return answers;
    }

    /**
     * The same as operations of a graph, with variables that {@link #load} fills.
     *
     * @param features {@code [batch, features]}, not scaled
     * @param shares share of each number of ways; they add up to 1
     * @return {@code [batch, classes]}
     */
    Operand<TFloat32> apply(
            Ops tf, Operand<TFloat32> features, double temperature, double[] shares, List<Variable<TFloat32>> made) {
        Operand<TFloat32> scaled = tf.clipByValue(scale.apply(tf, features), tf.constant(-MOST), tf.constant(MOST));
        var answers = new ArrayList<Operand<TFloat32>>();
        for (int ways = 0; ways < members.size(); ways++) {
            for (SubclassDiscriminant member : members.get(ways)) {
                Variable<TFloat32> weights =
                        tf.variable(Shape.of(member.weights().length, scale.means().length), TFloat32.class);
                made.add(weights);
                Operand<TFloat32> scores = tf.math.add(
                        tf.linalg.matMul(scaled, weights, org.tensorflow.op.linalg.MatMul.transposeB(true)),
                        tf.constant(member.biases()));
                Operand<TFloat32> subclasses = tf.nn.softmax(tf.math.div(scores, tf.constant((float) temperature)));
                float share = (float) (shares[ways] / members.get(ways).size());
                answers.add(tf.math.mul(
                        tf.linalg.matMul(subclasses, tf.constant(StdArrays.ndCopyOf(membership(member)))),
                        tf.constant(share)));
            }
        }
        return tf.math.addN(answers);
    }

    private float[][] membership(SubclassDiscriminant member) {
        var membership = new float[member.classes().length][classes];
        for (int subclass = 0; subclass < membership.length; subclass++) {
            membership[subclass][member.classes()[subclass]] = 1;
        }
        return membership;
    }

    /** Fills the variables of a graph. */
    void load(Ops tf, Session session, List<Variable<TFloat32>> made) {
        int next = 0;
        for (List<SubclassDiscriminant> some : members) {
            for (SubclassDiscriminant member : some) {
                Variable<TFloat32> variable = made.get(next++);
                Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
                Op assignment = tf.assign(variable, value);
                int width = scale.means().length;
                var flat = new float[member.weights().length * width];
                for (int subclass = 0; subclass < member.weights().length; subclass++) {
                    System.arraycopy(member.weights()[subclass], 0, flat, subclass * width, width);
                }
                try (TFloat32 tensor = TFloat32.tensorOf(variable.shape(), DataBuffers.of(flat, true, false))) {
                    session.runner()
                            .feed(value, tensor)
                            .addTarget(assignment)
                            .run()
                            .close();
                }
            }
        }
    }
}
