package dev.vorrang.app.streams.machine.source;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.connectors.avro.AvroConverter;
import dev.vorrang.connectors.file.FileSettings;
import dev.vorrang.connectors.file.FileSourceConnector;
import dev.vorrang.connectors.mqtt.MqttSettings;
import dev.vorrang.connectors.mqtt.MqttSourceConnector;
import dev.vorrang.connectors.opcua.OpcUaSettings;
import dev.vorrang.connectors.opcua.OpcUaSourceConnector;
import dev.vorrang.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** Says to the connectors of machines, in their own keys, what the settings say of a source. */
public final class MachineConnectors {

    /** Beginnings of settings that every connector has. */
    private static final List<String> OF_CONNECT =
            List.of("transforms", "predicates", "errors.", "producer.override.", "header.converter", "config.action.");

    private MachineConnectors() {}

    /**
     * Settings of the connector that reads this source. They may hold secrets: for Connect alone.
     *
     * @param topics names of the topics that take readings and dead letters
     * @param registry settings of the registry's client, by Confluent's names
     * @throws CommandFailedException if the connector has no such setting
     */
    public static Map<String, String> config(
            MachineSourceSettings source, Topics topics, Map<String, String> registry) {
        checkNames(source);
        var config = new HashMap<String, String>();
        config.put("connector.class", connector(source.connector()));
        config.put("tasks.max", Integer.toString(source.tasks()));
        config.put("value.converter", AvroConverter.class.getName());
        registry.forEach((key, value) -> config.put("value.converter." + key, value));
        config.put("topic", topics.machineReadings().name());
        config.put("dead.letter.topic", topics.machineDeadLetters().name());
        config.putAll(source.properties().values());
        return config;
    }

    /** Connect itself leaves out what it does not know, so that a slip of the pen would do nothing. */
    private static void checkNames(MachineSourceSettings source) {
        var known = definition(source.connector()).names();
        var unknown = source.properties().values().keySet().stream()
                .filter(name -> !known.contains(name) && OF_CONNECT.stream().noneMatch(name::startsWith))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw CommandFailedException.wrongUsage("ingest.machines " + source.name() + ": settings."
                    + String.join(", settings.", unknown) + ": there is no such setting; allowed are those of "
                    + source.connector().name().toLowerCase(Locale.ROOT) + " in docs/connectors.md");
        }
    }

    private static ConfigDef definition(MachineSourceSettings.Connector connector) {
        return switch (connector) {
            case MQTT -> MqttSettings.DEFINITION;
            case FILES -> FileSettings.DEFINITION;
            case OPCUA -> OpcUaSettings.DEFINITION;
        };
    }

    private static String connector(MachineSourceSettings.Connector connector) {
        return switch (connector) {
            case MQTT -> MqttSourceConnector.class.getName();
            case FILES -> FileSourceConnector.class.getName();
            case OPCUA -> OpcUaSourceConnector.class.getName();
        };
    }
}
