package dev.vorrang.app.docs;

import dev.vorrang.connectors.file.FileSettings;
import dev.vorrang.connectors.file.FileSourceConnector;
import dev.vorrang.connectors.imap.ImapSettings;
import dev.vorrang.connectors.imap.ImapSourceConnector;
import dev.vorrang.connectors.mqtt.DeskSettings;
import dev.vorrang.connectors.mqtt.MqttDeskSourceConnector;
import dev.vorrang.connectors.mqtt.MqttSettings;
import dev.vorrang.connectors.mqtt.MqttSourceConnector;
import dev.vorrang.connectors.opcua.OpcUaSettings;
import dev.vorrang.connectors.opcua.OpcUaSourceConnector;
import dev.vorrang.connectors.sink.http.HttpSinkConnector;
import dev.vorrang.connectors.sink.http.HttpSinkSettings;
import dev.vorrang.connectors.sink.imap.ImapSinkConnector;
import dev.vorrang.connectors.sink.imap.ImapSinkSettings;
import dev.vorrang.connectors.sink.mail.MailSinkConnector;
import dev.vorrang.connectors.sink.mail.MailSinkSettings;
import dev.vorrang.connectors.sink.mqtt.MqttSinkConnector;
import dev.vorrang.connectors.sink.mqtt.MqttSinkSettings;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;

/** The reference page of the connectors, from the definitions of their settings. */
final class ConnectorReference {

    private ConnectorReference() {}

    static String markdown() {
        return """
                # Connectors

                Kafka Connect source connectors, and [sinks](sinks.md) that carry out actions. The program runs them in its own process, and any Connect cluster can load them. In
                `vorrang.yaml` the settings of a source of readings are under `ingest.machines[].settings`, with the names below.
                `topic`, `dead.letter.topic` and the converter are set automatically.
                """
                + section("MQTT", MqttSourceConnector.class, MqttSettings.DEFINITION)
                + section("MQTT desk events", MqttDeskSourceConnector.class, DeskSettings.DEFINITION)
                + section("OPC UA", OpcUaSourceConnector.class, OpcUaSettings.DEFINITION)
                + section("Files", FileSourceConnector.class, FileSettings.DEFINITION)
                + section("IMAP", ImapSourceConnector.class, ImapSettings.DEFINITION)
                + section("HTTP sink", HttpSinkConnector.class, HttpSinkSettings.DEFINITION)
                + section("MQTT sink", MqttSinkConnector.class, MqttSinkSettings.DEFINITION)
                + section("Mail sink", MailSinkConnector.class, MailSinkSettings.DEFINITION)
                + section("IMAP sink", ImapSinkConnector.class, ImapSinkSettings.DEFINITION);
    }

    private static String section(String title, Class<?> connector, ConfigDef definition) {
        return "\n## " + title + "\n\n`" + connector.getName()
                + "`\n\n| setting | default | allowed | what it does |\n| --- | --- | --- | --- |\n"
                + definition.configKeys().values().stream()
                        .filter(key -> !key.internalConfig)
                        .map(ConnectorReference::row)
                        .collect(Collectors.joining());
    }

    private static String row(ConfigDef.ConfigKey key) {
        String type = key.type().name().toLowerCase(Locale.ROOT);
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        key.name,
                        key.hasDefault() ? shown(key) : "needed",
                        key.validator == null ? type : cell(type + ": " + key.validator),
                        cell(key.documentation));
    }

    private static String shown(ConfigDef.ConfigKey key) {
        String text = String.valueOf(key.defaultValue);
        return text.isEmpty() || text.equals("[]") || key.type() == ConfigDef.Type.PASSWORD ? "" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("->", "`->`").replace("**", "`**`");
    }
}
