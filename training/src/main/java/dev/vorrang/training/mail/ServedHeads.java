package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.FeatureModel;
import dev.vorrang.scoring.model.ModelCards;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * Writes a SavedModel that is another one with new heads on its features. The heads' operations, with their weights as constants,
 * are added to the description of the graph, and all other files are copied. So the weights of the body are the same to the byte,
 * and what else the model brings along (tables to look words up in, how it is initialised) stays as it is; saving it anew from a
 * session would lose that.
 */
final class ServedHeads {

    private static final String GRAPH = "saved_model.pb";
    private static final String SERVE = "serve";
    private static final String INPUT = "features";
    /** Signatures of TensorFlow's own: how the graph is initialised, say. */
    private static final String INTERNAL = "__";

    private ServedHeads() {}

    /**
     * Writes the model without a card. Its signatures are {@code serving_default}, with an output for each head, and
     * {@code features}, as it was; the others spoke of the old heads and are left out.
     *
     * @param from folder of the model that the heads are for; it has the signature {@code features}
     * @param heads by name
     * @param temperatures of each head; the logits are divided by it before the softmax
     * @param to folder of the new version, which holds no model yet
     * @throws IOException if it cannot be written
     */
    static void write(Path from, Map<String, LinearHead> heads, Map<String, Double> temperatures, Path to)
            throws IOException {
        SavedModel model;
        try (InputStream in = Files.newInputStream(from.resolve(GRAPH))) {
            model = SavedModel.parseFrom(in);
        }
        SavedModel.Builder changed = model.toBuilder();
        for (int i = 0; i < changed.getMetaGraphsCount(); i++) {
            if (changed.getMetaGraphs(i).getMetaInfoDef().getTagsList().contains(SERVE)) {
                changed.setMetaGraphs(i, withHeads(changed.getMetaGraphs(i), heads, temperatures));
            }
        }
        copy(from, to);
        try (OutputStream out = Files.newOutputStream(to.resolve(GRAPH))) {
            changed.build().writeTo(out);
        }
    }

    private static MetaGraphDef withHeads(
            MetaGraphDef graph, Map<String, LinearHead> heads, Map<String, Double> temperatures) {
        SignatureDef features = graph.getSignatureDefOrThrow(FeatureModel.FEATURES);
        String tensor = features.getOutputsOrThrow(FeatureModel.FEATURES).getName();
        String scope = freeScope(graph.getGraphDef());
        var signature = SignatureDef.newBuilder()
                .setMethodName("tensorflow/serving/predict")
                .putAllInputs(features.getInputsMap());
        List<NodeDef> nodes = nodes(scope, heads, temperatures, signature);

        MetaGraphDef.Builder changed = graph.toBuilder();
        for (NodeDef node : nodes) {
            if (!node.getOp().equals("Placeholder")) {
                changed.getGraphDefBuilder().addNode(reading(node, scope + "/" + INPUT, tensor));
            }
        }
        graph.getSignatureDefMap().keySet().stream()
                .filter(key -> !key.equals(FeatureModel.FEATURES) && !key.startsWith(INTERNAL))
                .forEach(changed::removeSignatureDef);
        // Keras's objects still have the old heads; without them every reader goes by the signatures.
        return changed.clearObjectGraphDef()
                .putSignatureDef(Signature.DEFAULT_KEY, signature.build())
                .build();
    }

    private static String freeScope(GraphDef graph) {
        int number = 1;
        while (true) {
            String scope = "new_heads_" + number;
            if (graph.getNodeList().stream().noneMatch(node -> node.getName().startsWith(scope + "/"))) {
                return scope;
            }
            number++;
        }
    }

    /** Operations of the heads, in a graph of their own that reads a placeholder; adds the outputs to the signature. */
    private static List<NodeDef> nodes(
            String scope,
            Map<String, LinearHead> heads,
            Map<String, Double> temperatures,
            SignatureDef.Builder signature) {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph).withSubScope(scope);
            int width = heads.values().iterator().next().weights().length;
            Placeholder<TFloat32> input =
                    tf.withName(INPUT).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
            new TreeMap<>(heads).forEach((name, head) -> {
                Operand<TFloat32> logits =
                        tf.math.add(tf.linalg.matMul(input, tf.constant(head.weights())), tf.constant(head.bias()));
                Operand<TFloat32> probabilities = tf.nn.softmax(
                        tf.math.div(logits, tf.constant(temperatures.get(name).floatValue())));
                signature.putOutputs(name, info(probabilities.op().name() + ":0", head.bias().length));
            });
            return new ArrayList<>(graph.toGraphDef().getNodeList());
        }
    }

    private static TensorInfo info(String name, int labels) {
        return TensorInfo.newBuilder()
                .setName(name)
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(-1))
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(labels)))
                .build();
    }

    /** The operation, with a tensor of the body in place of the placeholder. */
    private static NodeDef reading(NodeDef node, String placeholder, String tensor) {
        NodeDef.Builder changed = node.toBuilder();
        for (int i = 0; i < node.getInputCount(); i++) {
            if (node.getInput(i).equals(placeholder)) {
                changed.setInput(i, tensor);
            }
        }
        return changed.build();
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.map(from::relativize).toList();
        }
        for (Path file : files) {
            String top = file.getName(0).toString();
            boolean wanted =
                    top.equals("variables") || top.equals("assets") || file.equals(Path.of(ModelCards.TOKENIZER));
            if (wanted && Files.isRegularFile(from.resolve(file))) {
                Files.createDirectories(to.resolve(file).getParent());
                Files.copy(from.resolve(file), to.resolve(file));
            }
        }
    }
}
