package dev.vorrang.connectors.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.ingest.opcua.NodeMapping;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class OpcUaSourceConnectorTest {

    private final OpcUaSourceConnector connector = new OpcUaSourceConnector();

    private static Map<String, String> config(String... more) {
        return ConnectorConfigs.with(Map.of(OpcUaSettings.ENDPOINT, "opc.tcp://plant.example.org:4840"), more);
    }

    private Map<String, List<String>> errors(Map<String, String> config) {
        return ConnectorConfigs.errors(connector, config);
    }

    @Test
    void shouldTakeWhatIsRight() {
        assertThat(errors(config(OpcUaSettings.NODES, "ns=2;s=A,B -> m/a,\n i=2258 -> m/b")))
                .isEmpty();
        assertThat(NodeMapping.parse("ns=2;s=A,B -> m/a,\n i=2258 -> line/m/b"))
                .containsExactly(new NodeMapping("ns=2;s=A,B", "m", "a"), new NodeMapping("i=2258", "line/m", "b"));
    }

    @Test
    void shouldNameEveryWrongSettingAtOnce() {
        var errors = errors(Map.of(
                OpcUaSettings.ENDPOINT,
                "http://plant",
                OpcUaSettings.POLICY,
                "Basic256",
                OpcUaSettings.NODES,
                "ns=2;s=A -> a",
                OpcUaSettings.BROWSE_TEMPLATE,
                "{machine}/{value}",
                OpcUaSettings.BROWSE_ROOT,
                "Objects",
                OpcUaSettings.DEADBAND,
                "200%",
                OpcUaSettings.LOGIN.password(),
                "pa55word",
                OpcUaSettings.QUEUE_SIZE,
                "0"));

        assertThat(errors)
                .containsOnlyKeys(
                        OpcUaSettings.ENDPOINT,
                        OpcUaSettings.POLICY,
                        OpcUaSettings.NODES,
                        OpcUaSettings.BROWSE_TEMPLATE,
                        OpcUaSettings.BROWSE_ROOT,
                        OpcUaSettings.DEADBAND,
                        OpcUaSettings.LOGIN.password(),
                        OpcUaSettings.QUEUE_SIZE);
        assertThat(errors.get(OpcUaSettings.BROWSE_TEMPLATE).toString()).contains("{value}", "{sensor}");
        assertThat(errors.toString()).doesNotContain("pa55word");
    }

    @Test
    void shouldKeepTheNodesOfAMachineTogether() {
        connector.start(config(OpcUaSettings.NODES, "i=1 -> a/x, i=2 -> b/x, i=3 -> a/y, i=4 -> c/x"));
        assertThat(connector.taskConfigs(2))
                .extracting(task -> task.get(OpcUaSettings.NODES))
                .containsExactly("i=1 -> a/x\ni=3 -> a/y\ni=2 -> b/x", "i=4 -> c/x");
        assertThat(connector.taskConfigs(9)).hasSize(3);

        connector.start(config(OpcUaSettings.BROWSE_TEMPLATE, "{machine}/{sensor}"));
        assertThat(connector.taskConfigs(2))
                .extracting(task -> task.get(OpcUaSettings.SHARE))
                .containsExactly("0/2", "1/2");
    }

    @Test
    void shouldBeFoundByTheWorker() {
        assertThat(ServiceLoader.load(SourceConnector.class).stream().map(ServiceLoader.Provider::type))
                .contains(OpcUaSourceConnector.class);
    }

    @Test
    void shouldDocumentEverySetting() {
        assertThat(connector.config().configKeys().values())
                .filteredOn(key -> !key.internalConfig)
                .allSatisfy(key -> assertThat(key.documentation).isNotBlank());
    }
}
