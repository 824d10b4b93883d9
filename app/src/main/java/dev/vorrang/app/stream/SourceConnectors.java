package dev.vorrang.app.stream;

import dev.vorrang.app.kit.Source;
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
import java.util.Map;

/** Says to connectors, in their own keys, what the settings say of a source. */
public final class SourceConnectors {

    /** Topics of a broker. */
    public static final String MQTT = "mqtt";

    /** Nodes of a server. */
    public static final String OPCUA = "opcua";

    /** Files in a folder. */
    public static final String FILES = "files";

    private static final Map<String, ConnectorDefinition> DEFINITIONS = Map.of(
            MQTT, ConnectorDefinition.source(MqttSettings.DEFINITION, MqttSourceConnector.class),
            OPCUA, ConnectorDefinition.source(OpcUaSettings.DEFINITION, OpcUaSourceConnector.class),
            FILES, ConnectorDefinition.source(FileSettings.DEFINITION, FileSourceConnector.class));

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
        ConnectorDefinition definition = DEFINITIONS.get(source.connector());
        definition.checkNames(section.path() + " " + source.name(), source.properties(), source.connector());
        var config = new HashMap<String, String>();
        config.put("connector.class", definition.type().getName());
        config.put("tasks.max", Integer.toString(source.tasks()));
        config.put("value.converter", AvroConverter.class.getName());
        registry.forEach((key, value) -> config.put("value.converter." + key, value));
        config.put("topic", records.name());
        config.put("dead.letter.topic", deadLetters.name());
        config.putAll(defaults);
        config.putAll(source.properties().values());
        return config;
    }

    /**
     * Looks at the settings of a source, and connects to nothing.
     *
     * @param source its kind is the end of the name of its section, such as {@code machines}
     * @throws CommandFailedException if the connector does not take a value
     */
    static void check(Source source) {
        DEFINITIONS.values().stream()
                .filter(definition ->
                        definition.type().getName().equals(source.config().get("connector.class")))
                .forEach(definition ->
                        definition.checkValues("ingest." + source.kind() + " " + source.name(), source.config()));
    }
}
