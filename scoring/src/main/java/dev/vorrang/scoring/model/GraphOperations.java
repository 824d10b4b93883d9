package dev.vorrang.scoring.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorInfo;

/**
 * Refuses models whose graph reads or writes files, opens connections, runs Python or ends the process: a graph is a program, and
 * TensorFlow runs it without a sandbox. Starts from what TensorFlow's own {@code saved_model_cli scan} denies: ReadFile, WriteFile and
 * PrintV2.
 */
final class GraphOperations {

    /** Without "Experimental" in front and a version at the end. */
    private static final Set<String> DENIED = Set.of(
            // Files.
            "ReadFile",
            "WriteFile",
            "MatchingFiles",
            "ImmutableConst",
            "FileSystemSetConfiguration",
            "WholeFileReader",
            "TextLineReader",
            "FixedLengthRecordReader",
            "TFRecordReader",
            "LMDBReader",
            "TextLineDataset",
            "TFRecordDataset",
            "FixedLengthRecordDataset",
            "LMDBDataset",
            "SqlDataset",
            "CSVDataset",
            "MatchingFilesDataset",
            "SaveDataset",
            "LoadDataset",
            "CacheDataset",
            "DatasetToTFRecord",
            "CreateSummaryFileWriter",
            "CreateSummaryDbWriter",
            "ImportEvent",
            "DecodeProto",
            "EncodeProto",
            "ListSnapshotChunksDataset",
            // Standard output and error, and the process itself.
            "Print",
            "Abort",
            // Other programs and machines.
            "RemoteCall",
            "RemoteFusedGraphExecute",
            "TryRpc",
            "RegisterDataset",
            "GenerateBigQueryReaderPartitions");

    private static final List<String> DENIED_BEGINNINGS = List.of(
            "PyFunc",
            "EagerPyFunc",
            "Collective",
            "Debug",
            "Rpc",
            "DataService",
            "Snapshot",
            "BigQuery",
            "DistributedSave");

    /** What savers are made of: allowed there, where TensorFlow gives the path, and denied in what a call of the model runs. */
    private static final Set<String> OF_SAVERS =
            Set.of("Save", "SaveSlices", "Restore", "RestoreSlice", "MergeV2Checkpoints", "CheckpointHasKey");

    private static final Pattern VERSION = Pattern.compile("^Experimental|V\\d+$");
    private static final String INITIALIZER = "saved_model_main_op";

    private final Set<String> allowed;

    private GraphOperations(Set<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * @param folder of the model
     * @param allowed operations that are accepted all the same, by TensorFlow's names
     * @throws ModelRefusedException naming the operation, where it stands and the setting that accepts it
     */
    static void check(Path folder, Set<String> allowed) {
        try {
            var model = SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")));
            check(folder, model, allowed);
        } catch (IOException e) {
            throw new ModelRefusedException("model at " + folder + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    static void check(Path folder, SavedModel model, Set<String> allowed) {
        var operations = new GraphOperations(allowed);
        for (MetaGraphDef graph : model.getMetaGraphsList()) {
            operations.check(folder, graph);
        }
    }

    private void check(Path folder, MetaGraphDef graph) {
        var library = graph.getGraphDef().getLibrary().getFunctionList();
        graph.getGraphDef().getNodeList().forEach(node -> deny(folder, node, "the graph", isDenied(base(node))));
        for (FunctionDef function : library) {
            var place = "function " + function.getSignature().getName();
            function.getNodeDefList().forEach(node -> deny(folder, node, place, isDenied(base(node))));
        }
        reached(graph).forEach(node -> deny(folder, node, "what a call runs", OF_SAVERS.contains(base(node))));
    }

    private void deny(Path folder, NodeDef node, String place, boolean denied) {
        if (denied && !allowed.contains(node.getOp())) {
            throw new ModelRefusedException(
                    "model at %s has the operation %s (node '%s' in %s), which reaches outside the model; if you trust it, add %s to allowed-operations of its stream"
                            .formatted(folder, node.getOp(), node.getName(), place, node.getOp()));
        }
    }

    private static boolean isDenied(String base) {
        return DENIED.contains(base) || DENIED_BEGINNINGS.stream().anyMatch(base::startsWith);
    }

    private static String base(NodeDef node) {
        return VERSION.matcher(node.getOp()).replaceAll("");
    }

    /** The nodes that signatures and the initializer depend on, those in functions included. */
    private static List<NodeDef> reached(MetaGraphDef graph) {
        var nodes = new HashMap<String, NodeDef>();
        graph.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
        var functions = new HashMap<String, FunctionDef>();
        graph.getGraphDef()
                .getLibrary()
                .getFunctionList()
                .forEach(function -> functions.put(function.getSignature().getName(), function));

        var found = new HashSet<NodeDef>();
        var waiting = new ArrayDeque<NodeDef>();
        roots(graph).map(nodes::get).forEach(node -> visit(node, found, waiting));
        while (!waiting.isEmpty()) {
            var node = waiting.remove();
            node.getInputList().forEach(input -> visit(nodes.get(nodeName(input)), found, waiting));
            called(node).map(functions::get).forEach(function -> {
                if (function != null) {
                    function.getNodeDefList().forEach(inner -> visit(inner, found, waiting));
                }
            });
        }
        return List.copyOf(found);
    }

    private static void visit(NodeDef node, Set<NodeDef> found, Collection<NodeDef> waiting) {
        if (node != null && found.add(node)) {
            waiting.add(node);
        }
    }

    private static Stream<String> roots(MetaGraphDef graph) {
        var outputs = graph.getSignatureDefMap().values().stream()
                .flatMap(signature -> signature.getOutputsMap().values().stream())
                .map(TensorInfo::getName);
        var initializers = graph.getCollectionDefMap().entrySet().stream()
                .filter(collection -> collection.getKey().equals(INITIALIZER))
                .flatMap(collection -> collection.getValue().getNodeList().getValueList().stream());
        return Stream.concat(outputs, initializers).map(GraphOperations::nodeName);
    }

    /** Of {@code ^node} or {@code node:output:0}. */
    private static String nodeName(String tensor) {
        var name = tensor.startsWith("^") ? tensor.substring(1) : tensor;
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** Functions that a node calls: PartitionedCall, While, If, datasets and others have them as attributes. */
    private static Stream<String> called(NodeDef node) {
        Map<String, AttrValue> attributes = node.getAttrMap();
        var byAttribute = attributes.values().stream()
                .flatMap(value -> Stream.concat(
                        value.hasFunc() ? Stream.of(value.getFunc().getName()) : Stream.empty(),
                        value.getList().getFuncList().stream().map(function -> function.getName())));
        return Stream.concat(Stream.of(node.getOp()), byAttribute);
    }
}
