package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.plugin.Version;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Reads what people at machines say about records, such as an acknowledgement, from an MQTT broker into a topic of {@code DeskEvent}
 * records, keyed by record. A message is acknowledged when Kafka has its event, so that each comes at least once.
 * {@link DeskSettings} has the settings.
 */
public final class MqttDeskSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();

    /** Made by Connect. */
    public MqttDeskSourceConnector() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        properties = Map.copyOf(new DeskSourceConfig(props).originalsStrings());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return MqttDeskSourceTask.class;
    }

    /** One: people send few messages, and those of one session stay in their order. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(properties);
    }

    @Override
    public void stop() {
        // The task holds all there is to close.
    }

    @Override
    public ConfigDef config() {
        return DeskSettings.DEFINITION;
    }

    /** Names every setting that is wrong, also those that are so only together with another. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return DeskSourceConfig.problems(connectorConfigs).addTo(super.validate(connectorConfigs));
    }
}
