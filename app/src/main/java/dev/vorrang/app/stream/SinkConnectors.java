package dev.vorrang.app.stream;

import dev.vorrang.app.kit.Source;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.SinkSettings;
import dev.vorrang.connectors.avro.AvroConverter;
import dev.vorrang.connectors.sink.http.HttpSinkConnector;
import dev.vorrang.connectors.sink.http.HttpSinkSettings;
import dev.vorrang.connectors.sink.imap.ImapSinkConnector;
import dev.vorrang.connectors.sink.imap.ImapSinkSettings;
import dev.vorrang.connectors.sink.mail.MailSinkConnector;
import dev.vorrang.connectors.sink.mail.MailSinkSettings;
import dev.vorrang.connectors.sink.mqtt.MqttSinkConnector;
import dev.vorrang.connectors.sink.mqtt.MqttSinkSettings;
import dev.vorrang.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says to connectors, in their own keys, what the settings say of a sink. */
public final class SinkConnectors {

    /** Names of connectors are shared with sources. */
    private static final String PREFIX = "sink-";

    private static final Map<String, ConnectorDefinition> DEFINITIONS = Map.of(
            "http", ConnectorDefinition.sink(HttpSinkSettings.DEFINITION, HttpSinkConnector.class),
            "imap", ConnectorDefinition.sink(ImapSinkSettings.DEFINITION, ImapSinkConnector.class),
            "mail", ConnectorDefinition.sink(MailSinkSettings.DEFINITION, MailSinkConnector.class),
            "mqtt", ConnectorDefinition.sink(MqttSinkSettings.DEFINITION, MqttSinkConnector.class));

    private SinkConnectors() {}

    /**
     * The sinks that this program runs.
     *
     * @param registry settings of the registry's client, by Confluent's names
     * @throws CommandFailedException if a connector has no such setting
     */
    static List<Source> all(Settings settings, Map<String, String> registry) {
        return settings.sinks().stream()
                .filter(sink -> !sink.connector().equals(SinkSettings.EXTERNAL))
                .map(sink -> new Source(
                        "sink",
                        PREFIX + sink.name(),
                        sink.name() + ": " + sink.connector(),
                        config(sink, settings, registry)))
                .toList();
    }

    /** Name of the sink that a connector is for. */
    static String sink(Source connector) {
        return connector.name().substring(PREFIX.length());
    }

    /** Topics that the sinks of this program read and write. */
    static List<Topic<?>> topics(Settings settings) {
        var names = settings.topics().topics();
        var topics = new ArrayList<Topic<?>>();
        settings.sinks().stream()
                .filter(sink -> !sink.connector().equals(SinkSettings.EXTERNAL))
                .forEach(sink -> topics.add(names.actions(sink.name())));
        if (!topics.isEmpty()) {
            topics.add(names.actionsDeadLetters());
        }
        return topics;
    }

    /**
     * Looks at the settings of each sink, and connects to none.
     *
     * @throws CommandFailedException if a connector has no such setting, or does not take its value
     */
    public static void check(Settings settings) {
        all(settings, Map.of());
        settings.sinks().stream()
                .filter(sink -> DEFINITIONS.containsKey(sink.connector()))
                .forEach(sink -> DEFINITIONS
                        .get(sink.connector())
                        .checkValues("sinks " + sink.name(), config(sink, settings, Map.of())));
    }

    private static Map<String, String> config(SinkSettings sink, Settings settings, Map<String, String> registry) {
        var names = settings.topics().topics();
        ConnectorDefinition definition = DEFINITIONS.get(sink.connector());
        definition.checkNames("sinks " + sink.name(), sink.properties(), sink.connector());
        var config = new HashMap<String, String>();
        config.put("connector.class", definition.type().getName());
        config.put("tasks.max", Integer.toString(sink.tasks()));
        config.put("topics", names.actions(sink.name()).name());
        config.put("value.converter", AvroConverter.class.getName());
        registry.forEach((key, value) -> config.put("value.converter." + key, value));
        config.put("errors.tolerance", "all");
        config.put(
                "errors.deadletterqueue.topic.name", names.actionsDeadLetters().name());
        config.put("errors.deadletterqueue.context.headers.enable", "true");
        config.put("errors.deadletterqueue.topic.replication.factor", replication(settings));
        // A registry that gives no answer is waited for.
        config.put("errors.retry.timeout", "-1");
        config.putAll(sink.properties().values());
        return config;
    }

    /** Of the topic of dead letters, which is there already. */
    private static String replication(Settings settings) {
        int set = settings.topics().creation().replication();
        return settings.kafka().mode() == Placement.EMBEDDED || set < 1 ? "1" : Integer.toString(set);
    }
}
