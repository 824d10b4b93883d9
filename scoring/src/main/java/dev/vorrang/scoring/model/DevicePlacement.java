package dev.vorrang.scoring.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * Loads SavedModels onto a device, by marking every node of their graphs with it. Left to itself TensorFlow puts all it can onto
 * the first GPU, if there is one, and the sessions of a program cannot differ in the GPUs that they see.
 */
final class DevicePlacement {

    private static final String GRAPH = "saved_model.pb";

    private DevicePlacement() {}

    /**
     * @return the model; the caller closes it
     * @throws UncheckedIOException if the folder for temporary files cannot be written
     * @throws org.tensorflow.exceptions.TensorFlowException if TensorFlow does not take the model
     */
    static SavedModelBundle load(Path folder, ConfigProto config, Device device) {
        try {
            Path copy = Files.createTempDirectory("placed-model");
            try {
                Files.write(copy.resolve(GRAPH), placed(Files.readAllBytes(folder.resolve(GRAPH)), device));
                for (String part : List.of("variables", "assets")) {
                    Path original = folder.resolve(part);
                    if (Files.exists(original)) {
                        Files.createSymbolicLink(copy.resolve(part), original.toAbsolutePath());
                    }
                }
                // All of it is read here, and nothing later.
                return SavedModelBundle.loader(copy.toString())
                        .withConfigProto(config)
                        .load();
            } finally {
                delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("model at " + folder + " cannot be put onto " + device, e);
        }
    }

    /** A SavedModel whose nodes are all on the device. */
    static byte[] placed(byte[] savedModel, Device device) throws IOException {
        var model = SavedModel.parseFrom(savedModel).toBuilder();
        model.getMetaGraphsBuilderList().stream()
                .map(MetaGraphDef.Builder::getGraphDefBuilder)
                .forEach(graph -> place(graph, device.inGraph()));
        return model.build().toByteArray();
    }

    private static void place(GraphDef.Builder graph, String device) {
        place(graph.getNodeBuilderList(), device);
        graph.getLibraryBuilder()
                .getFunctionBuilderList()
                .forEach(function -> place(function.getNodeDefBuilderList(), device));
    }

    private static void place(List<NodeDef.Builder> nodes, String device) {
        nodes.forEach(node -> node.setDevice(device));
    }

    /** The links, not what they lead to. */
    private static void delete(Path copy) throws IOException {
        try (var parts = Files.list(copy)) {
            for (Path part : parts.toList()) {
                Files.delete(part);
            }
        }
        Files.delete(copy);
    }
}
