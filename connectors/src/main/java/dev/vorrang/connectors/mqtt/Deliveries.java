package dev.vorrang.connectors.mqtt;

import dev.vorrang.ingest.mqtt.MqttMessage;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Which records Kafka does not have yet, and whose message is acknowledged with the last of them. It holds the records of as many
 * messages as the broker sends ahead. Safe for use by many threads.
 */
final class Deliveries {

    private static final class Open {
        private final MqttMessage message;
        private int records;

        Open(MqttMessage message, int records) {
            this.message = message;
            this.records = records;
        }
    }

    /** By identity: equal records are records of their own. */
    private final Map<SourceRecord, Open> open = new IdentityHashMap<>();

    /** Records of one message, to be sent. Without any it is acknowledged at once. */
    void add(MqttMessage message, List<SourceRecord> records) {
        if (records.isEmpty()) {
            message.acknowledge();
            return;
        }
        synchronized (open) {
            var delivery = new Open(message, records.size());
            records.forEach(record -> open.put(record, delivery));
        }
    }

    /** Kafka has it. */
    void delivered(SourceRecord record) {
        Open delivery;
        synchronized (open) {
            delivery = open.remove(record);
            if (delivery == null || --delivery.records > 0) {
                return;
            }
        }
        delivery.message.acknowledge();
    }
}
