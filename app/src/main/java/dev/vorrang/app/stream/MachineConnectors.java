package dev.vorrang.app.stream;

import dev.vorrang.app.settings.MachineSourceSettings;
import dev.vorrang.connectors.avro.AvroConverter;
import dev.vorrang.connectors.file.FileSourceConnector;
import dev.vorrang.connectors.mqtt.MqttSourceConnector;
import dev.vorrang.connectors.opcua.OpcUaSourceConnector;
import dev.vorrang.schemas.Topics;
import java.util.HashMap;
import java.util.Map;

/** Says to the connectors of machines, in their own keys, what the settings say of a source. */
public final class MachineConnectors {

    private MachineConnectors() {}

    /**
     * Settings of the connector that reads this source. They may hold secrets: for Connect alone.
     *
     * @param topics names of the topics that take readings and dead letters
     * @param registry settings of the registry's client, by Confluent's names
     */
    public static Map<String, String> config(
            MachineSourceSettings source, Topics topics, Map<String, String> registry) {
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

    private static String connector(MachineSourceSettings.Connector connector) {
        return switch (connector) {
            case MQTT -> MqttSourceConnector.class.getName();
            case FILES -> FileSourceConnector.class.getName();
            case OPCUA -> OpcUaSourceConnector.class.getName();
        };
    }
}
