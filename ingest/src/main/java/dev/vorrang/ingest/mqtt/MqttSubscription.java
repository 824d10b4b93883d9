package dev.vorrang.ingest.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is read and how.
 *
 * @param clientId name of the session: one client has it at a time, and the broker keeps what comes while that one is away
 * @param filters topic filters, with wildcards
 * @param share group of clients that share the messages among them (MQTT 5, and brokers that do so for 3.1.1)
 * @param qos 0 to 2; with 0 messages are lost when the connection is
 * @param receiveMaximum most messages that the broker sends before the first of them is acknowledged, 1 to 65,535. MQTT 3.1.1 cannot
 *     say so to the broker, which has a setting of its own for it
 * @param longestPacket longest message in bytes that the broker may send (MQTT 5)
 * @param sessionExpiry how long the broker keeps the session of a client that is away (MQTT 5)
 * @param longestRetry longest wait between two tries to connect
 */
public record MqttSubscription(
        String clientId,
        List<String> filters,
        Optional<String> share,
        int qos,
        int receiveMaximum,
        int longestPacket,
        Duration sessionExpiry,
        Duration longestRetry) {

    private static final int MAX_UNDER_WAY = 65_535;

    public MqttSubscription {
        filters = List.copyOf(filters);
    }

    /** The same for a broker that does not keep to a receive maximum: as many messages as the protocol can have under way. */
    public MqttSubscription withoutReceiveMaximum() {
        return new MqttSubscription(
                clientId, filters, share, qos, MAX_UNDER_WAY, longestPacket, sessionExpiry, longestRetry);
    }

    /** Whether it is a topic filter (MQTT 5, 4.7) that stands for itself: shared subscriptions have a setting of their own. */
    public static boolean isFilter(String filter) {
        try {
            MqttTopicFilter.of(filter);
            return !filter.startsWith("$share/");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A filter as the broker takes it. */
    String asked(String filter) {
        return share.map(group -> "$share/" + group + "/" + filter).orElse(filter);
    }
}
