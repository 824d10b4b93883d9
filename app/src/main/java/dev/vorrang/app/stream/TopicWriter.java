package dev.vorrang.app.stream;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes records to a topic of the broker that the settings name, or of the one that runs embedded in another program with the same
 * settings. For one thread.
 *
 * @param <V> type of the topic's values
 */
public final class TopicWriter<V extends SpecificRecord> implements AutoCloseable {

    private final Topic<V> topic;
    private final String bootstrap;
    private final ConfluentSchemaRegistry registry;
    private final Serializer<V> serializer;
    private final Producer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private TopicWriter(
            Topic<V> topic,
            String bootstrap,
            ConfluentSchemaRegistry registry,
            Serializer<V> serializer,
            Producer<String, byte[]> producer) {
        this.topic = topic;
        this.bootstrap = bootstrap;
        this.registry = registry;
        this.serializer = serializer;
        this.producer = producer;
    }

    /** Connects when the first record is sent. */
    public static <V extends SpecificRecord> TopicWriter<V> open(Settings settings, Topic<V> topic) {
        return open(ClusterAccess.running(settings), topic);
    }

    /** Connects when the first record is sent; the cluster stays the caller's to close. */
    public static <V extends SpecificRecord> TopicWriter<V> open(ClusterAccess cluster, Topic<V> topic) {
        var client = new HashMap<String, Object>(cluster.kafkaClient());
        client.put("max.block.ms", "10000");
        client.put("delivery.timeout.ms", "30000");
        client.put("request.timeout.ms", "10000");
        client.put("linger.ms", "5");
        // The topic may be new: with more, the first of two batches can be lost (KAFKA-15591).
        client.put("max.in.flight.requests.per.connection", "1");
        var registry = ConfluentSchemaRegistry.connect(cluster.registryClient());
        return new TopicWriter<>(
                topic,
                cluster.bootstrapServers(),
                registry,
                new AvroSerdes(registry).valueSerde(topic).serializer(),
                new KafkaProducer<>(
                        client,
                        new StringSerializer(),
                        new org.apache.kafka.common.serialization.ByteArraySerializer()));
    }

    /**
     * Sends a record; {@link #close} returns when the broker has it.
     *
     * @param value null deletes what the topic has of the key
     * @throws CommandFailedException if broker or registry do not take it, or an earlier one
     */
    public void send(String key, V value) {
        check();
        try {
            byte[] bytes = value == null ? null : serializer.serialize(topic.name(), value);
            producer.send(new ProducerRecord<>(topic.name(), key, bytes), (metadata, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        } catch (KafkaException | RegistryUnavailableException e) {
            throw refused(e);
        }
    }

    private void check() {
        Exception error = failure.get();
        if (error != null) {
            throw refused(error);
        }
    }

    private CommandFailedException refused(Exception cause) {
        return new CommandFailedException(
                "topic " + topic.name() + " of " + bootstrap + " cannot be written: " + cause.getMessage()
                        + "; does Vorrang run with these settings?",
                cause);
    }

    /** @throws CommandFailedException if the broker did not take all */
    @Override
    public void close() {
        producer.flush();
        producer.close();
        serializer.close();
        registry.close();
        check();
    }
}
