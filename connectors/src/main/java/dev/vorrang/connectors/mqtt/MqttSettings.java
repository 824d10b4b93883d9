package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.reading.RecordSettings;
import dev.vorrang.connectors.settings.LoginSettings;
import dev.vorrang.connectors.settings.TlsSettings;
import org.apache.kafka.common.config.ConfigDef;

/** Names of the MQTT source's settings, what they mean and what is allowed. */
public final class MqttSettings {

    public static final TlsSettings TLS = new TlsSettings("mqtt");
    public static final LoginSettings LOGIN = new LoginSettings("mqtt");
    public static final String HOST = "mqtt.host";
    public static final String PORT = "mqtt.port";
    public static final String SECURITY = "mqtt.security";
    public static final String VERSION = "mqtt.version";
    public static final String CLIENT_ID = "mqtt.client.id";
    public static final String TIMEOUT_MS = "mqtt.timeout.ms";
    public static final String KEEP_ALIVE_S = "mqtt.keep.alive.s";
    public static final String RETRY_MAX_MS = "retry.max.ms";

    public static final String FILTERS = "mqtt.filters";
    public static final String SHARE_GROUP = "mqtt.share.group";
    public static final String QOS = "mqtt.qos";
    public static final String RECEIVE_MAXIMUM = "mqtt.receive.maximum";
    public static final String MAX_PACKET_BYTES = "mqtt.max.packet.bytes";
    public static final String SESSION_EXPIRY_S = "mqtt.session.expiry.s";

    /** The settings, each with its doc and default. */
    public static final ConfigDef DEFINITION = definition();

    private MqttSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        MqttConnection.define(
                definition,
                "Client id and thereby session at the broker, which queues messages while the "
                        + "connector is disconnected. Must be unique. With more than one task, '-' and "
                        + "the task number are appended.");
        MqttSession.define(
                definition,
                "Without a share group the filters are distributed over the tasks.",
                "The order of a machine's readings may change, and retained messages are not delivered.",
                "If the session has expired, the next reading of each machine is flagged 'gap'.");
        PayloadSettings.define(definition);
        RecordSettings.define(
                definition,
                "Topic for payloads that are not readings.",
                500,
                10_000,
                "Maximum number of messages in a batch.");
        return definition;
    }
}
