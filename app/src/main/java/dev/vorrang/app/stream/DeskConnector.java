package dev.vorrang.app.stream;

import dev.vorrang.app.kit.Source;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.connectors.avro.AvroConverter;
import dev.vorrang.connectors.mqtt.DeskSettings;
import dev.vorrang.connectors.mqtt.MqttDeskSourceConnector;
import dev.vorrang.connectors.mqtt.MqttSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Says to the connector that reads desk events, in its own keys, what the settings say of it. */
public final class DeskConnector {

    private static final String PATH = "actions.acknowledge.mqtt";
    private static final String CLIENT_ID = "vorrang-desk";
    private static final ConnectorDefinition DEFINITION =
            ConnectorDefinition.source(DeskSettings.DEFINITION, MqttDeskSourceConnector.class);

    private DeskConnector() {}

    /**
     * What reads acknowledgements, if the settings have it.
     *
     * @param secret that signs links, if there are any
     * @param registry settings of the registry's client, by Confluent's names
     */
    static Optional<Source> source(Settings settings, Optional<String> secret, Map<String, String> registry) {
        var names = settings.topics().topics();
        return settings.actions().acknowledge().mqtt().map(properties -> {
            var config = new HashMap<String, String>();
            config.put("connector.class", DEFINITION.type().getName());
            config.put("tasks.max", "1");
            config.put("value.converter", AvroConverter.class.getName());
            registry.forEach((key, value) -> config.put("value.converter." + key, value));
            config.put(DeskSettings.TOPIC, names.deskEvents().name());
            config.put(DeskSettings.DEAD_LETTER_TOPIC, names.actionsUndecided().name());
            config.put(MqttSettings.CLIENT_ID, CLIENT_ID);
            secret.filter(each -> !has(properties, DeskSettings.LINK_SECRET_FILE))
                    .ifPresent(each -> config.put(DeskSettings.LINK_SECRET, each));
            config.putAll(properties.values());
            String words =
                    config.getOrDefault(MqttSettings.FILTERS, "") + " of " + config.getOrDefault(MqttSettings.HOST, "");
            return new Source("desk", "desk-mqtt", words, config);
        });
    }

    /**
     * Looks at the settings, and connects to nothing.
     *
     * @throws CommandFailedException if the connector has no such setting, or does not take its value
     */
    public static void check(Settings settings) {
        settings.actions().acknowledge().mqtt().ifPresent(properties -> {
            DEFINITION.checkNames(PATH, properties, "MQTT desk events");
            var values = new HashMap<>(properties.values());
            values.putIfAbsent(MqttSettings.CLIENT_ID, CLIENT_ID);
            boolean signed = settings.actions().acknowledge().url().isPresent()
                    || has(properties, DeskSettings.LINK_SECRET)
                    || has(properties, DeskSettings.LINK_SECRET_FILE);
            if (DeskSettings.LINKS.equals(values.get(DeskSettings.ACCEPT)) && !signed) {
                throw CommandFailedException.wrongUsage(PATH + ": settings." + DeskSettings.ACCEPT + ": '"
                        + DeskSettings.LINKS
                        + "' needs the secret that signs links; set actions.acknowledge.url, or one of settings."
                        + DeskSettings.LINK_SECRET + " and settings." + DeskSettings.LINK_SECRET_FILE);
            }
            if (!has(properties, DeskSettings.LINK_SECRET_FILE)) {
                // It is made in the data folder when the program starts.
                values.putIfAbsent(DeskSettings.LINK_SECRET, "not known yet");
            }
            DEFINITION.checkValues(PATH, values);
        });
    }

    private static boolean has(ClientProperties properties, String name) {
        return !properties.values().getOrDefault(name, "").isEmpty();
    }
}
