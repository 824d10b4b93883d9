package dev.vorrang.training;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** Sessions in which small networks learn, on the processor. */
public final class NetworkSession {

    private static final int THREADS = 2;

    private NetworkSession() {}

    /**
     * Opens one; whoever opens it closes it.
     *
     * @param initial run once
     */
    public static Session open(Graph graph, List<Op> initial) {
        var session = new Session(
                graph,
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(THREADS)
                        .setInterOpParallelismThreads(1)
                        .putDeviceCount("GPU", 0)
                        .build());
        Session.Runner runner = session.runner();
        initial.forEach(runner::addTarget);
        runner.run().close();
        return session;
    }

    /** Values of variables, in their order. */
    public static List<float[]> values(Session session, List<Variable<TFloat32>> variables) {
        Session.Runner runner = session.runner();
        variables.forEach(runner::fetch);
        var values = new ArrayList<float[]>();
        try (Result result = runner.run()) {
            for (int i = 0; i < variables.size(); i++) {
                var value = new float[(int) variables.get(i).shape().size()];
                ((TFloat32) result.get(i)).asRawTensor().data().asFloats().read(value);
                values.add(value);
            }
        }
        return values;
    }

    /**
     * Drops units by chance, and makes the others larger by as much (Srivastava et al., 2014).
     *
     * @param share of the units that is dropped
     */
    public static Operand<TFloat32> dropout(Ops tf, Operand<TFloat32> layer, float share, long seed) {
        Operand<TFloat32> random = tf.random.randomUniform(
                tf.shape(layer), TFloat32.class, RandomUniform.seed(seed), RandomUniform.seed2(seed + 1));
        Operand<TFloat32> kept = tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant(share)), TFloat32.class);
        return tf.math.mul(layer, tf.math.mul(kept, tf.constant(1 / (1 - share))));
    }
}
