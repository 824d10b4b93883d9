package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandEncoder;
import dev.vorrang.scoring.model.ModelCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Writes a network with what it has learnt as a SavedModel, whose graph holds nothing of the training. */
final class DemandExport {

    private DemandExport() {}

    /** The signature of the graph, as its card states it. */
    static ModelCard.Signature signature(DemandNetwork network) {
        return new ModelCard.Signature(
                DemandEncoder.inputs(network.names()),
                DemandEncoder.outputs(network.levels().size()));
    }

    /**
     * @param values of the variables, in the order of {@link DemandNetwork#variables}
     * @throws UncheckedIOException if the model cannot be written
     */
    static void write(DemandNetwork network, List<float[]> values, Path folder) {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> series =
                    placeholder(tf, DemandEncoder.SERIES, Shape.of(-1, DemandEncoder.SERIES_FEATURES));
            Placeholder<TFloat32> steps =
                    placeholder(tf, DemandEncoder.STEPS, Shape.of(-1, -1, DemandEncoder.stepFeatures(network.names())));
            Placeholder<TFloat32> candidates =
                    placeholder(tf, DemandEncoder.CANDIDATES, Shape.of(-1, -1, DemandEncoder.CANDIDATE_COUNT));
            List<Variable<TFloat32>> variables = network.variables(tf);
            var inputs = new DemandNetwork.Inputs(series, steps, candidates);
            var answers = network.answers(tf, inputs, variables, UnaryOperator.identity());
            Operand<TFloat32> quantiles = average(
                    tf, answers.stream().map(DemandNetwork.Answer::quantiles).toList());
            Operand<TFloat32> means =
                    average(tf, answers.stream().map(DemandNetwork.Answer::mean).toList());
            int levels = network.levels().size();
            Signature signature = Signature.builder()
                    .methodName("tensorflow/serving/predict")
                    .input(DemandEncoder.SERIES, series)
                    .input(DemandEncoder.STEPS, steps)
                    .input(DemandEncoder.CANDIDATES, candidates)
                    .output(DemandEncoder.QUANTILES, DemandNetwork.perStep(tf, inputs, quantiles, levels))
                    .output(
                            DemandEncoder.MEAN,
                            tf.squeeze(DemandNetwork.perStep(tf, inputs, means, 1), Squeeze.axis(List.of(2L))))
                    .build();
            try (var session = new Session(graph)) {
                assign(tf, session, variables, values);
                Files.createDirectories(folder);
                SavedModelBundle.exporter(folder.toString())
                        .withSession(session)
                        .withSignature(signature)
                        .export();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model to " + folder, e);
        }
    }

    private static Placeholder<TFloat32> placeholder(Ops tf, String name, Shape shape) {
        return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
    }

    private static Operand<TFloat32> average(Ops tf, List<Operand<TFloat32>> values) {
        return tf.math.div(tf.math.addN(values), tf.constant((float) values.size()));
    }

    private static void assign(Ops tf, Session session, List<Variable<TFloat32>> variables, List<float[]> values) {
        var tensors = new ArrayList<Tensor>();
        try {
            Session.Runner runner = session.runner();
            for (int i = 0; i < variables.size(); i++) {
                Shape shape = variables.get(i).shape();
                Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
                Op assignment = tf.assign(variables.get(i), value);
                Tensor tensor = TFloat32.tensorOf(shape, DataBuffers.of(values.get(i), true, false));
                tensors.add(tensor);
                runner.feed(value, tensor).addTarget(assignment);
            }
            runner.run().close();
        } finally {
            tensors.forEach(Tensor::close);
        }
    }
}
