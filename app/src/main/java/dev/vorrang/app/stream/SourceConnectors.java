package dev.vorrang.app.stream;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.ConnectorSource;
import dev.vorrang.app.settings.SourceSection;
import dev.vorrang.connectors.avro.AvroConverter;
import dev.vorrang.connectors.file.FileSettings;
import dev.vorrang.connectors.file.FileSourceConnector;
import dev.vorrang.connectors.mqtt.MqttSettings;
import dev.vorrang.connectors.mqtt.MqttSourceConnector;
import dev.vorrang.connectors.opcua.OpcUaSettings;
import dev.vorrang.connectors.opcua.OpcUaSourceConnector;
import dev.vorrang.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** Says to connectors, in their own keys, what the settings say of a source. */
public final class SourceConnectors {

    /** Topics of a broker. */
    public static final String MQTT = "mqtt";

    /** Nodes of a server. */
    public static final String OPCUA = "opcua";

    /** Files in a folder. */
    public static final String FILES = "files";

    /** Beginnings of settings that every connector has. */
    private static final List<String> OF_CONNECT =
            List.of("transforms", "predicates", "errors.", "producer.override.", "header.converter", "config.action.");

    private static final Map<String, Definition> DEFINITIONS = Map.of(
            MQTT, new Definition(MqttSettings.DEFINITION, MqttSourceConnector.class.getName()),
            OPCUA, new Definition(OpcUaSettings.DEFINITION, OpcUaSourceConnector.class.getName()),
            FILES, new Definition(FileSettings.DEFINITION, FileSourceConnector.class.getName()));

    private record Definition(ConfigDef settings, String type) {}

    private SourceConnectors() {}

    /**
     * Settings of the connector that reads a source. They may hold secrets: for Connect alone.
     *
     * @param section where the source is listed
     * @param records takes its records
     * @param deadLetters takes what cannot be read
     * @param defaults settings of the connector, unless the source has others
     * @param registry settings of the registry's client, by Confluent's names
     * @throws CommandFailedException if the connector has no such setting
     */
    public static Map<String, String> config(
            SourceSection<ConnectorSource> section,
            ConnectorSource source,
            Topic<?> records,
            Topic<?> deadLetters,
            Map<String, String> defaults,
            Map<String, String> registry) {
        Definition definition = DEFINITIONS.get(source.connector());
        checkNames(section, source, definition);
        var config = new HashMap<String, String>();
        config.put("connector.class", definition.type());
        config.put("tasks.max", Integer.toString(source.tasks()));
        config.put("value.converter", AvroConverter.class.getName());
        registry.forEach((key, value) -> config.put("value.converter." + key, value));
        config.put("topic", records.name());
        config.put("dead.letter.topic", deadLetters.name());
        config.putAll(defaults);
        config.putAll(source.properties().values());
        return config;
    }

    /** Connect itself leaves out what it does not know, so that a slip of the pen would do nothing. */
    private static void checkNames(
            SourceSection<ConnectorSource> section, ConnectorSource source, Definition definition) {
        var known = definition.settings().names();
        var unknown = source.properties().values().keySet().stream()
                .filter(name -> !known.contains(name) && OF_CONNECT.stream().noneMatch(name::startsWith))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw CommandFailedException.wrongUsage(section.path() + " " + source.name() + ": settings."
                    + String.join(", settings.", unknown) + ": there is no such setting; allowed are those of "
                    + source.connector() + " in docs/connectors.md");
        }
    }
}
