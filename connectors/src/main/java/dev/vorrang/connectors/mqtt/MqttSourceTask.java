package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.plugin.SourcePartition;
import dev.vorrang.connectors.plugin.Version;
import dev.vorrang.connectors.reading.ReadingRecords;
import dev.vorrang.connectors.reading.RecordSettings;
import dev.vorrang.ingest.mqtt.MessageDecoder;
import dev.vorrang.ingest.mqtt.MqttBroker;
import dev.vorrang.ingest.mqtt.MqttReader;
import dev.vorrang.ingest.mqtt.MqttReadings;
import dev.vorrang.ingest.mqtt.MqttRefusedException;
import dev.vorrang.ingest.mqtt.MqttSubscription;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/**
 * Hands the readings of one MQTT session to Connect. What is still to be read stands with the broker, in the session; Connect's
 * offsets say only that there was one, and whether its broker keeps to the receive maximum. {@link #poll} waits at most a second.
 */
public final class MqttSourceTask extends SourceTask {

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final String BROKER = "broker";
    private static final String CLIENT = "client";
    private static final String RECEIVED_AT = "receivedAt";
    /** A broker that does not keep to the receive maximum is not asked to again after a restart. */
    private static final String SENDS_AHEAD = "sendsAhead";

    private final Deliveries deliveries = new Deliveries();
    private MqttSourceConfig config;
    private Map<String, String> partition;
    private ReadingRecords records;
    private boolean sentAhead;
    private volatile MqttReadings readings;

    /** Made by Connect. */
    public MqttSourceTask() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        config = new MqttSourceConfig(props);
        MqttBroker broker = config.broker();
        Clock clock = Clock.systemUTC();
        partition = SourcePartition.of(BROKER, broker.host() + ":" + broker.port(), CLIENT, config.clientId());
        records = RecordSettings.records(config, clock);
        Map<String, Object> offset = SourcePartition.position(context.offsetStorageReader(), partition);
        sentAhead = offset != null && Boolean.TRUE.equals(offset.get(SENDS_AHEAD));
        MqttSubscription subscription =
                sentAhead ? config.subscription().withoutReceiveMaximum() : config.subscription();
        var reader = MqttReader.start(broker, subscription, offset != null);
        readings = new MqttReadings(reader, config.decoder(broker, reader::publish), clock);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        try {
            var polled = new ArrayList<SourceRecord>();
            boolean sendsAhead = sentAhead || readings.sendsAhead();
            for (MessageDecoder.Done done : readings.take(RecordSettings.batchSize(config), WAIT)) {
                Map<String, ?> offset =
                        Map.of(RECEIVED_AT, done.message().receivedAt().toEpochMilli(), SENDS_AHEAD, sendsAhead);
                List<SourceRecord> made = done.decoded().stream()
                        .map(decoded -> records.of(decoded, partition, offset))
                        .toList();
                deliveries.add(done.message(), made);
                polled.addAll(made);
            }
            return polled.isEmpty() ? null : polled;
        } catch (MqttRefusedException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    /** Kafka has the record, or a transformation dropped it. Called by the producer's thread. */
    @Override
    public void commitRecord(SourceRecord record, RecordMetadata metadata) {
        deliveries.delivered(record);
    }

    @Override
    public void stop() {
        if (readings != null) {
            readings.close();
        }
    }
}
