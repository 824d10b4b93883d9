package dev.vorrang.scoring.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

class GraphOperationsTest {

    private static final Path FOLDER = Path.of("models", "mine", "1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReadFile",
                "WriteFile",
                "PrintV2",
                "MatchingFiles",
                "FixedLengthRecordReaderV2",
                "TextLineReaderV2",
                "ExperimentalSqlDataset",
                "DebugIdentityV2",
                "CollectiveReduceV2",
                "PyFuncStateless",
                "EagerPyFunc",
                "DataServiceDatasetV4",
                "Abort"
            })
    void shouldRefuseWhatReachesOutside(String operation) {
        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> check(graph(node("loader", operation)), Set.of("Identity")))
                .withMessageContaining(FOLDER.toString())
                .withMessageContaining("operation " + operation + " (node 'loader' in the graph)")
                .withMessageContaining("allowed-operations of its stream");
        assertThatCode(() -> check(graph(node("loader", operation)), Set.of(operation)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldLookIntoFunctions() {
        var graph = graph(node("call", "NoOp"));
        graph.setLibrary(FunctionDefLibrary.newBuilder().addFunction(function("inner", node("leak", "WriteFile"))));

        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> check(graph, Set.of()))
                .withMessageContaining("operation WriteFile (node 'leak' in function inner)");
    }

    @Test
    void shouldAllowASaverAndNothingOfItInACall() {
        var saver = graph(
                node("input", "Placeholder"),
                node("output", "Identity").toBuilder().addInput("input").build(),
                node("save/SaveV2", "SaveV2"),
                node("save/RestoreV2", "RestoreV2"),
                node("save/MergeV2Checkpoints", "MergeV2Checkpoints"));
        assertThatCode(() -> check(saver, Set.of())).doesNotThrowAnyException();

        var inCall = graph(
                node("output", "Identity").toBuilder().addInput("^other:0").build(),
                node("other", "PartitionedCall").toBuilder()
                        .putAttr(
                                "f",
                                AttrValue.newBuilder()
                                        .setFunc(NameAttrList.newBuilder().setName("inner"))
                                        .build())
                        .build());
        inCall.setLibrary(FunctionDefLibrary.newBuilder().addFunction(function("inner", node("thief", "SaveV2"))));
        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> check(inCall, Set.of()))
                .withMessageContaining("operation SaveV2 (node 'thief' in what a call runs)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail-triage/3", "machine-anomaly/1", "turbofan-rul/1"})
    void shouldAcceptTheModelsOfThisProject(String model) {
        assertThatCode(() -> GraphOperations.check(Path.of("..", "models", model), Set.of()))
                .doesNotThrowAnyException();
    }

    private static void check(GraphDef.Builder graph, Set<String> allowed) {
        var signature = SignatureDef.newBuilder()
                .putOutputs("y", TensorInfo.newBuilder().setName("output:0").build());
        GraphOperations.check(
                FOLDER,
                SavedModel.newBuilder()
                        .addMetaGraphs(MetaGraphDef.newBuilder()
                                .setGraphDef(graph)
                                .putSignatureDef("serving_default", signature.build()))
                        .build(),
                allowed);
    }

    private static GraphDef.Builder graph(NodeDef... nodes) {
        var graph = GraphDef.newBuilder();
        for (NodeDef node : nodes) {
            graph.addNode(node);
        }
        return graph;
    }

    private static NodeDef node(String name, String operation) {
        return NodeDef.newBuilder().setName(name).setOp(operation).build();
    }

    private static FunctionDef function(String name, NodeDef node) {
        return FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName(name))
                .addNodeDef(node)
                .build();
    }
}
