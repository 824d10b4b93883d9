package dev.vorrang.app.desk;

import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes desk events. Thread-safe. */
public final class DeskWriter implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Topic<DeskEvent> topic;
    private final Serializer<DeskEvent> serializer;
    private final Producer<String, byte[]> producer;

    private DeskWriter(Topic<DeskEvent> topic, Serializer<DeskEvent> serializer, Producer<String, byte[]> producer) {
        this.topic = topic;
        this.serializer = serializer;
        this.producer = producer;
    }

    /** @param kafka settings of a client, by Kafka's names */
    public static DeskWriter open(Map<String, String> kafka, AvroSerdes serdes, Topic<DeskEvent> topic) {
        var client = new HashMap<String, Object>(kafka);
        client.put("max.block.ms", LIMIT.toMillis());
        client.put("delivery.timeout.ms", Math.toIntExact(LIMIT.toMillis()));
        client.put("request.timeout.ms", Math.toIntExact(LIMIT.dividedBy(2).toMillis()));
        client.put("linger.ms", 0);
        return new DeskWriter(
                topic,
                serdes.valueSerde(topic).serializer(),
                new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer()));
    }

    /**
     * Returns when the broker has the event.
     *
     * @throws DeskUnavailableException if broker or registry do not take it in time
     */
    public void write(DeskEvent event) {
        try {
            byte[] bytes = serializer.serialize(topic.name(), event);
            producer.send(new ProducerRecord<>(topic.name(), event.getRecord(), bytes))
                    .get(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException | RegistryUnavailableException e) {
            throw new DeskUnavailableException("topic " + topic.name() + " cannot be written: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeskUnavailableException("interrupted while " + topic.name() + " was written", e);
        }
    }

    @Override
    public void close() {
        producer.close(LIMIT);
    }

    /** Broker or registry give no answer; may pass. */
    public static final class DeskUnavailableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DeskUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
