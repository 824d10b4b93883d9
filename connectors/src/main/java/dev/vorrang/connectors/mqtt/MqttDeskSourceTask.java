package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.plugin.SourcePartition;
import dev.vorrang.connectors.plugin.Version;
import dev.vorrang.ingest.mqtt.MqttBroker;
import dev.vorrang.ingest.mqtt.MqttEvent;
import dev.vorrang.ingest.mqtt.MqttReader;
import dev.vorrang.ingest.mqtt.MqttRefusedException;
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
 * Hands the desk events of one MQTT session to Connect. What is still to be read stands with the broker, in the session; Connect's
 * offsets say only that there was one. {@link #poll} waits at most a second.
 */
public final class MqttDeskSourceTask extends SourceTask {

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int BATCH = 500;
    private static final String RECEIVED_AT = "receivedAt";

    private final Deliveries deliveries = new Deliveries();
    private Map<String, String> partition;
    private DeskMessages messages;
    private volatile MqttReader reader;

    /** Made by Connect. */
    public MqttDeskSourceTask() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        var config = new DeskSourceConfig(props);
        MqttBroker broker = config.broker();
        // Its own name: a source of readings may have the same client id at another time.
        partition = SourcePartition.of("broker", broker.host() + ":" + broker.port(), "desk", config.clientId());
        messages = DeskMessages.of(config, Clock.systemUTC());
        boolean hadSession = SourcePartition.position(context.offsetStorageReader(), partition) != null;
        reader = MqttReader.start(broker, config.subscription(), hadSession);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        try {
            var polled = new ArrayList<SourceRecord>();
            for (MqttEvent event : reader.take(BATCH, WAIT)) {
                // The reader's log says what is missing: no later message could.
                if (event instanceof MqttEvent.Received received) {
                    var message = received.message();
                    var offset = Map.of(RECEIVED_AT, message.receivedAt().toEpochMilli());
                    var made =
                            messages.record(message, partition, offset).stream().toList();
                    deliveries.add(message, made);
                    polled.addAll(made);
                }
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
        if (reader != null) {
            reader.close();
        }
    }
}
