package dev.vorrang.connectors.mqtt;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.ingest.mqtt.MqttSubscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of a session that reads messages, which all MQTT sources have. {@link MqttSettings} has their names. */
final class MqttSession {

    private MqttSession() {}

    /**
     * Adds the settings.
     *
     * @param distribution how filters are distributed without a share group, a sentence
     * @param sharing what a share group means for what is read, a sentence
     * @param expiry what happens to messages sent after the session has expired, a sentence
     */
    static void define(ConfigDef definition, String distribution, String sharing, String expiry) {
        definition
                .define(
                        MqttSettings.RETRY_MAX_MS,
                        Type.LONG,
                        60_000L,
                        between(1_000L, 3_600_000L),
                        LOW,
                        "Maximum pause between connection attempts, in ms. Pauses start at 1 s. After a"
                                + " refused login, and after another client took over the session, this pause is "
                                + "used at once.")
                .define(
                        MqttSettings.FILTERS,
                        Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.list(
                                MqttSubscription::isFilter, "topic filters, separated by commas, such as plant/+/data"),
                        HIGH,
                        "Topic filters to subscribe to, with wildcards + and #. Topics of the broker "
                                + "($SYS) are read only if a filter starts with $SYS. " + distribution)
                .define(
                        MqttSettings.SHARE_GROUP,
                        Type.STRING,
                        "",
                        Allowed.matching(Pattern.compile("[^/+#]*"), "a name without /, + and #"),
                        MEDIUM,
                        "Group of a shared subscription: the messages are distributed over all tasks, "
                                + "including those of other clusters. " + sharing)
                .define(
                        MqttSettings.QOS,
                        Type.INT,
                        1,
                        between(0, 2),
                        MEDIUM,
                        "Requested quality of service. 0 loses messages while disconnected. With 1 and "
                                + "2 a message is acknowledged when Kafka has its records: at-least-once.");
        defineLimits(definition, expiry);
    }

    private static void defineLimits(ConfigDef definition, String expiry) {
        definition
                .define(
                        MqttSettings.RECEIVE_MAXIMUM,
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
                        MqttSettings.MAX_PACKET_BYTES,
                        Type.INT,
                        4 << 20,
                        between(1 << 10, 256 << 20),
                        LOW,
                        "Maximum packet size (MQTT 5); the broker drops longer messages.")
                .define(
                        MqttSettings.SESSION_EXPIRY_S,
                        Type.LONG,
                        604_800L,
                        between(0L, 4_294_967_295L),
                        MEDIUM,
                        "Session expiry interval in s (MQTT 5); 4294967295 for no expiry. " + expiry);
    }

    /** Topic filters, each once. */
    static List<String> filters(AbstractConfig config) {
        return config.getList(MqttSettings.FILTERS).stream().distinct().toList();
    }

    static Optional<String> shareGroup(AbstractConfig config) {
        return Optional.of(config.getString(MqttSettings.SHARE_GROUP)).filter(group -> !group.isEmpty());
    }

    static MqttSubscription subscription(AbstractConfig config) {
        return new MqttSubscription(
                config.getString(MqttSettings.CLIENT_ID),
                filters(config),
                shareGroup(config),
                config.getInt(MqttSettings.QOS),
                config.getInt(MqttSettings.RECEIVE_MAXIMUM),
                config.getInt(MqttSettings.MAX_PACKET_BYTES),
                Duration.ofSeconds(config.getLong(MqttSettings.SESSION_EXPIRY_S)),
                Duration.ofMillis(config.getLong(MqttSettings.RETRY_MAX_MS)));
    }
}
