package dev.vorrang.console.desk;

import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records, and waits until all replicas in sync have them. Thread-safe. */
public final class RecordSender implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AvroSerdes serdes;
    private final Producer<byte[], byte[]> producer;

    private RecordSender(AvroSerdes serdes, Producer<byte[], byte[]> producer) {
        this.serdes = serdes;
        this.producer = producer;
    }

    /** @param kafka settings of a client, by Kafka's names */
    public static RecordSender open(Map<String, String> kafka, AvroSerdes serdes) {
        var client = new HashMap<String, Object>(kafka);
        client.put("acks", "all");
        client.put("enable.idempotence", true);
        client.put("max.block.ms", LIMIT.toMillis());
        client.put("delivery.timeout.ms", Math.toIntExact(LIMIT.toMillis()));
        client.put("request.timeout.ms", Math.toIntExact(LIMIT.dividedBy(2).toMillis()));
        client.put("linger.ms", 0);
        // Dead letters contain the original bytes.
        client.put("max.request.size", 8 << 20);
        return new RecordSender(
                serdes, new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /**
     * Sends a record; blocks for 10 s at most if the broker is not there.
     *
     * @param value null deletes what the topic has of the key
     * @throws NotWrittenException if broker or registry give no answer
     */
    <V extends SpecificRecord> Future<RecordMetadata> send(Topic<V> topic, String key, V value) {
        try {
            byte[] bytes =
                    value == null ? null : serdes.valueSerde(topic).serializer().serialize(topic.name(), value);
            return send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), bytes));
        } catch (RegistryUnavailableException e) {
            throw new NotWrittenException("topic " + topic.name() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Returns when the broker has a record.
     *
     * @param value null deletes what the topic has of the key
     * @throws NotWrittenException if broker or registry do not take it in time
     */
    public <V extends SpecificRecord> void write(Topic<V> topic, String key, V value) {
        await(send(topic, key, value));
    }

    /**
     * Sends bytes as they are.
     *
     * @throws NotWrittenException if the broker gives no answer
     */
    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        try {
            Future<RecordMetadata> sent = producer.send(record);
            if (sent.isDone()) {
                // Refused at once, as where the broker is away: whoever sends many must not wait for each of them.
                await(sent);
            }
            return sent;
        } catch (KafkaException e) {
            throw new NotWrittenException("topic " + record.topic() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Returns when the broker has a record.
     *
     * @throws NotWrittenException if it does not take it in time
     */
    static void await(Future<RecordMetadata> sent) {
        try {
            sent.get(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotWrittenException("a record was not written: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotWrittenException("interrupted while a record was written", e);
        }
    }

    @Override
    public void close() {
        producer.close(LIMIT);
    }
}
