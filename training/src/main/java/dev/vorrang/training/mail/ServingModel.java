package dev.vorrang.training.mail;

import dev.vorrang.scoring.model.MailTensors;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/** Writes trained weights as a SavedModel, from a graph of its own that has nothing of the training in it. */
final class ServingModel {

    private ServingModel() {}

    /**
     * @param temperatures of each head; the logits are divided by it before the softmax
     * @param folder folder of the version, must not hold a model yet
     * @throws IOException if it cannot be written
     */
    static void export(
            NetworkShape shape,
            Map<String, Integer> labelCounts,
            Weights weights,
            Map<String, Double> temperatures,
            Path folder)
            throws IOException {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TString> subject =
                    tf.withName(MailTensors.SUBJECT).placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            Placeholder<TString> body =
                    tf.withName(MailTensors.BODY).placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            var network = new MailNetwork<>(tf, shape, labelCounts, TFloat16.class);
            var variables = new VariableValues(tf, network, TFloat16.class);

            var features = new TextFeatures(tf);
            Operand<TString> text = features.normalise(subject, body);
            Operand<TInt32> batch = tf.size(subject);
            Map<String, Operand<TFloat32>> logits = network.logits(
                    network.pool(network.words(), features.words(text, shape.wordBuckets()), batch),
                    network.pool(network.characters(), features.characters(text, shape.characterBuckets()), batch),
                    layer -> layer);

            Signature.Builder signature = Signature.builder()
                    .methodName("tensorflow/serving/predict")
                    .input(MailTensors.SUBJECT, subject)
                    .input(MailTensors.BODY, body);
            logits.forEach((head, output) -> signature.output(
                    head,
                    tf.nn.softmax(tf.math.div(
                            output, tf.constant(temperatures.get(head).floatValue())))));
            try (var session = new Session(graph)) {
                variables.load(session, weights);
                SavedModelBundle.exporter(folder.toString())
                        .withSession(session)
                        .withSignature(signature.build())
                        .export();
            }
        }
    }

    /** The signature of a model with these heads, as its card states it. */
    static ModelCard.Signature signature(Map<String, Integer> labelCounts) {
        List<Long> batch = List.of(-1L);
        return new ModelCard.Signature(
                List.of(
                        new TensorSpec(MailTensors.SUBJECT, "string", batch),
                        new TensorSpec(MailTensors.BODY, "string", batch)),
                new TreeMap<>(labelCounts)
                        .entrySet().stream()
                                .map(head -> new TensorSpec(
                                        head.getKey(),
                                        "float32",
                                        List.of(-1L, head.getValue().longValue())))
                                .toList());
    }
}
