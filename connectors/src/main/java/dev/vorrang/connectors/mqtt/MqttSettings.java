package dev.vorrang.connectors.mqtt;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.reading.RecordSettings;
import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.connectors.settings.LoginSettings;
import dev.vorrang.connectors.settings.TlsSettings;
import dev.vorrang.ingest.mqtt.MqttSubscription;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

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

    private static final String NONE = "";

    private MqttSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        MqttConnection.define(
                definition,
                "Client id and thereby session at the broker, which queues messages while the "
                        + "connector is disconnected. Must be unique. With more than one task, '-' and "
                        + "the task number are appended.");
        definition.define(
                RETRY_MAX_MS,
                Type.LONG,
                60_000L,
                between(1_000L, 3_600_000L),
                LOW,
                "Maximum pause between connection attempts, in ms. Pauses start at 1 s. After a"
                        + " refused login, and after another client took over the session, this pause is "
                        + "used at once.");
        defineSession(definition);
        PayloadSettings.define(definition);
        RecordSettings.define(
                definition,
                "Topic for payloads that are not readings.",
                500,
                10_000,
                "Maximum number of messages in a batch.");
        return definition;
    }

    private static void defineSession(ConfigDef definition) {
        definition
                .define(
                        FILTERS,
                        Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.list(
                                MqttSubscription::isFilter, "topic filters, separated by commas, such as plant/+/data"),
                        HIGH,
                        "Topic filters to subscribe to, with wildcards + and #. Topics of the broker "
                                + "($SYS) are read only if a filter starts with $SYS. Without a share group the "
                                + "filters are distributed over the tasks.")
                .define(
                        SHARE_GROUP,
                        Type.STRING,
                        NONE,
                        Allowed.matching(Pattern.compile("[^/+#]*"), "a name without /, + and #"),
                        MEDIUM,
                        "Group of a shared subscription: the messages are distributed over all tasks, "
                                + "including those of other clusters. The order of a machine's readings may "
                                + "change, and retained messages are not delivered.")
                .define(
                        QOS,
                        Type.INT,
                        1,
                        between(0, 2),
                        MEDIUM,
                        "Requested quality of service. 0 loses messages while disconnected. With 1 and "
                                + "2 a message is acknowledged when Kafka has its readings: at-least-once.")
                .define(
                        RECEIVE_MAXIMUM,
                        Type.INT,
                        1_000,
                        between(1, 65_535),
                        MEDIUM,
                        "Maximum number of unacknowledged messages for each task, which is also the "
                                + "maximum number of messages delivered again after a crash. MQTT 3.1.1 cannot "
                                + "send it to the broker: configure it there (Mosquitto: max_inflight_messages). "
                                + "Mosquitto up to 2.0.11 exceeds it; the connector detects this and accepts up "
                                + "to 65535.")
                .define(
                        MAX_PACKET_BYTES,
                        Type.INT,
                        4 << 20,
                        between(1 << 10, 256 << 20),
                        LOW,
                        "Maximum packet size (MQTT 5); the broker drops longer messages.")
                .define(
                        SESSION_EXPIRY_S,
                        Type.LONG,
                        604_800L,
                        between(0L, 4_294_967_295L),
                        MEDIUM,
                        "Session expiry interval in s (MQTT 5); 4294967295 for no expiry. If the "
                                + "session has expired, the next reading of each machine is flagged 'gap'.");
    }
}
