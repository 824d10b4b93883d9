package dev.vorrang.training.mail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** Trains a {@link SmallTransformer} by Adam, and writes it as a SavedModel the way foreign ones come. */
final class TransformerTraining {

    private static final float RATE = 2e-3f;

    private TransformerTraining() {}

    /** Padded token ids with their mask, and a label for each row. */
    record Batch(long[][] ids, long[][] mask, int[] labels) {}

    /** Random weights, the same for the same seed. */
    static Map<String, float[]> initial(SmallTransformer.Size size, long seed) {
        var random = new Random(seed);
        var values = new LinkedHashMap<String, float[]>();
        SmallTransformer.shapes(size).forEach((name, shape) -> {
            var value = new float[(int) shape.size()];
            double deviation = name.endsWith(".bias")
                    ? 0
                    : shape.get(0) == size.vocabulary() || name.equals("positions") ? 0.1 : 1 / Math.sqrt(shape.get(0));
            for (int i = 0; i < value.length; i++) {
                value[i] = (float) (random.nextGaussian() * deviation);
            }
            values.put(name, value);
        });
        return values;
    }

    /** Learns from the batches, each once, in order. */
    static Map<String, float[]> train(SmallTransformer.Size size, Map<String, float[]> start, List<Batch> batches) {
        try (var graph = new Graph();
                var session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Placeholder<TInt64> ids = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<TInt64> mask = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<TInt32> labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
            Placeholder<TFloat32> powers = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(2)));
            var network = new SmallTransformer(tf, size);
            Operand<TFloat32> wanted = tf.oneHot(labels, tf.constant(size.labels()), tf.constant(1f), tf.constant(0f));
            Operand<TFloat32> loss = tf.math.mean(
                    tf.nn.softmaxCrossEntropyWithLogits(network.logits(network.features(ids, mask)), wanted)
                            .loss(),
                    tf.constant(0));
            load(tf, session, network, start);
            List<Op> updates =
                    adam(tf, session, loss, List.copyOf(network.weights().values()), powers);
            for (int step = 0; step < batches.size(); step++) {
                Batch batch = batches.get(step);
                float[] fedPowers = {(float) Math.pow(0.9, step + 1), (float) Math.pow(0.999, step + 1)};
                try (TInt64 fedIds = TInt64.tensorOf(StdArrays.ndCopyOf(batch.ids()));
                        TInt64 fedMask = TInt64.tensorOf(StdArrays.ndCopyOf(batch.mask()));
                        TInt32 fedLabels = TInt32.vectorOf(batch.labels());
                        TFloat32 fed = TFloat32.vectorOf(fedPowers)) {
                    Session.Runner runner = session.runner()
                            .feed(ids, fedIds)
                            .feed(mask, fedMask)
                            .feed(labels, fedLabels)
                            .feed(powers, fed);
                    updates.forEach(runner::addTarget);
                    runner.run().close();
                }
            }
            return read(session, network);
        }
    }

    private static List<Op> adam(
            Ops tf,
            Session session,
            Operand<TFloat32> loss,
            List<Variable<TFloat32>> variables,
            Operand<TFloat32> powers) {
        var gradients = new ArrayList<Output<?>>();
        tf.gradients(loss, variables).forEach(gradient -> gradients.add(gradient.asOutput()));
        Ops afterGradients = tf.withControlDependencies(new ArrayList<Op>(gradients));
        var updates = new ArrayList<Op>();
        for (int i = 0; i < variables.size(); i++) {
            @SuppressWarnings("unchecked") // Gradients of float32 are float32.
            var gradient = (Output<TFloat32>) gradients.get(i);
            updates.add(afterGradients.train.applyAdam(
                    variables.get(i),
                    zeros(tf, session, variables.get(i).shape()),
                    zeros(tf, session, variables.get(i).shape()),
                    tf.gather(powers, tf.constant(0), tf.constant(0)),
                    tf.gather(powers, tf.constant(1), tf.constant(0)),
                    tf.constant(RATE),
                    tf.constant(0.9f),
                    tf.constant(0.999f),
                    tf.constant(1e-8f),
                    gradient));
        }
        return updates;
    }

    private static Variable<TFloat32> zeros(Ops tf, Session session, Shape shape) {
        Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
        session.runner()
                .addTarget(tf.assign(variable, tf.fill(tf.constant(shape), tf.constant(0f))))
                .run()
                .close();
        return variable;
    }

    private static void load(Ops tf, Session session, SmallTransformer network, Map<String, float[]> values) {
        network.weights().forEach((name, variable) -> {
            Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
            try (TFloat32 tensor = TFloat32.tensorOf(variable.shape(), DataBuffers.of(values.get(name), true, false))) {
                session.runner()
                        .feed(value, tensor)
                        .addTarget(tf.assign(variable, value))
                        .run()
                        .close();
            }
        });
    }

    private static Map<String, float[]> read(Session session, SmallTransformer network) {
        var values = new LinkedHashMap<String, float[]>();
        network.weights().forEach((name, variable) -> {
            try (var result = session.runner().fetch(variable).run()) {
                var tensor = (TFloat32) result.get(0);
                var value = new float[(int) tensor.size()];
                tensor.asRawTensor().data().asFloats().read(value);
                values.put(name, value);
            }
        });
        return values;
    }

    /**
     * Writes {@code serving_default} ({@code logits}) and {@code features}, both of {@code input_ids} and {@code attention_mask}.
     */
    static void export(SmallTransformer.Size size, Map<String, float[]> values, Path folder) throws IOException {
        try (var graph = new Graph();
                var session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Placeholder<TInt64> ids =
                    tf.withName("input_ids").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<TInt64> mask =
                    tf.withName("attention_mask").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1, -1)));
            var network = new SmallTransformer(tf, size);
            Operand<TFloat32> features =
                    tf.withName("pooled").ensureShape(network.features(ids, mask), Shape.of(-1, size.width()));
            Operand<TFloat32> logits = network.logits(features);
            load(tf, session, network, values);
            SavedModelBundle.exporter(folder.toString())
                    .withSession(session)
                    .withFunction(function("serving_default", ids, mask, "logits", logits, session))
                    .withFunction(function("features", ids, mask, "features", features, session))
                    .export();
        }
    }

    private static SessionFunction function(
            String key,
            Operand<TInt64> ids,
            Operand<TInt64> mask,
            String name,
            Operand<TFloat32> output,
            Session session) {
        Signature signature = Signature.builder(key)
                .input("input_ids", ids)
                .input("attention_mask", mask)
                .output(name, output)
                .build();
        return SessionFunction.create(signature, session);
    }
}
