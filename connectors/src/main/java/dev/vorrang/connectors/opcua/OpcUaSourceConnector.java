package dev.vorrang.connectors.opcua;

import dev.vorrang.connectors.plugin.Version;
import dev.vorrang.ingest.opcua.NodeMapping;
import dev.vorrang.ingest.opcua.NodeSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.util.ConnectorUtils;

/**
 * Reads nodes of an OPC UA server into a topic of {@code SensorReading} records, keyed by machine. The nodes of one machine are
 * with one task. {@link OpcUaSettings} has the settings.
 */
public final class OpcUaSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();
    private NodeSelection selection = new NodeSelection.Listed(List.of());

    /** Made by Connect. */
    public OpcUaSourceConnector() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        selection = new OpcUaSourceConfig(props).nodes();
        properties = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return OpcUaSourceTask.class;
    }

    /**
     * Listed nodes are spread evenly by machine; of what is browsed, which is not known here, each task takes the machines whose
     * names fall to it.
     */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        var configs = new ArrayList<Map<String, String>>();
        if (selection instanceof NodeSelection.Listed listed) {
            var machines = listed.nodes().stream()
                    .collect(Collectors.groupingBy(NodeMapping::machine, TreeMap::new, Collectors.toList()));
            var groups =
                    ConnectorUtils.groupPartitions(List.copyOf(machines.values()), Math.min(maxTasks, machines.size()));
            for (var group : groups) {
                var nodes = group.stream().flatMap(List::stream).toList();
                configs.add(with(OpcUaSettings.NODES, NodeMapping.text(nodes)));
            }
            return configs;
        }
        for (int task = 0; task < maxTasks; task++) {
            configs.add(with(OpcUaSettings.SHARE, task + "/" + maxTasks));
        }
        return configs;
    }

    private Map<String, String> with(String name, String value) {
        var config = new HashMap<>(properties);
        config.put(name, value);
        return config;
    }

    @Override
    public void stop() {
        // The tasks hold all there is to close.
    }

    @Override
    public ConfigDef config() {
        return OpcUaSettings.DEFINITION;
    }

    /** Names every setting that is wrong, also those that are so only together with another. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return OpcUaSourceConfig.problems(connectorConfigs).addTo(super.validate(connectorConfigs));
    }
}
