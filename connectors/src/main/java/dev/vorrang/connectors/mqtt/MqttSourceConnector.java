package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.plugin.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.util.ConnectorUtils;

/**
 * Reads messages of an MQTT broker into a topic of {@code SensorReading} records, keyed by machine. A message is acknowledged when
 * Kafka has all its readings, so that each comes at least once. {@link MqttSettings} has the settings.
 */
public final class MqttSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();
    private MqttSourceConfig config;

    /** Made by Connect. */
    public MqttSourceConnector() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        config = new MqttSourceConfig(props);
        properties = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return MqttSourceTask.class;
    }

    /**
     * With a share group all tasks have all filters, and the broker divides the messages; else the filters are spread over the
     * tasks. A task's number is in its client id, so that a session stays with its filters while {@code maxTasks} does.
     */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<List<String>> groups = config.shareGroup().isPresent()
                ? IntStream.range(0, maxTasks)
                        .mapToObj(task -> config.filters())
                        .toList()
                : ConnectorUtils.groupPartitions(
                        config.filters(), Math.min(maxTasks, config.filters().size()));
        var configs = new ArrayList<Map<String, String>>();
        for (var filters : groups) {
            var task = new HashMap<>(properties);
            task.put(MqttSettings.FILTERS, String.join(",", filters));
            if (groups.size() > 1) {
                task.put(MqttSettings.CLIENT_ID, config.clientId() + "-" + configs.size());
            }
            configs.add(task);
        }
        return configs;
    }

    @Override
    public void stop() {
        // The tasks hold all there is to close.
    }

    @Override
    public ConfigDef config() {
        return MqttSettings.DEFINITION;
    }

    /** Names every setting that is wrong, also those that are so only together with another. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return MqttSourceConfig.problems(connectorConfigs).addTo(super.validate(connectorConfigs));
    }
}
