package dev.vorrang.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The compacted topic in which a registry stores its records, with JSON keys and values. Not thread-safe. Closed by whoever opened
 * it.
 */
final class SchemaLog implements AutoCloseable {

    static final String TOPIC = "_schemas";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    /** Shorter than the client's timeout of 10 seconds, so that the client gets the error message. */
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final KafkaConsumer<String, String> consumer;
    private final KafkaProducer<String, String> producer;

    private SchemaLog(KafkaConsumer<String, String> consumer, KafkaProducer<String, String> producer) {
        this.consumer = consumer;
        this.producer = producer;
    }

    /**
     * @param client settings by Kafka's names, with {@code bootstrap.servers}
     * @throws KafkaException if the broker cannot be reached or the topic is not compacted
     */
    static SchemaLog open(Map<String, String> client) {
        String timeout = Long.toString(TIMEOUT.toMillis());
        var common = new HashMap<String, Object>(client);
        common.put("default.api.timeout.ms", timeout);
        common.put("request.timeout.ms", "4000");
        try (var admin = Admin.create(common)) {
            createTopic(admin);
        }
        var forConsumer = new HashMap<>(common);
        forConsumer.put("auto.offset.reset", "none");
        forConsumer.put("enable.auto.commit", "false");
        forConsumer.put("isolation.level", "read_committed");
        var consumer = new KafkaConsumer<>(forConsumer, new StringDeserializer(), new StringDeserializer());
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        var forProducer = new HashMap<>(common);
        forProducer.remove("default.api.timeout.ms");
        forProducer.put("enable.idempotence", "true");
        forProducer.put("acks", "all");
        forProducer.put("delivery.timeout.ms", timeout);
        forProducer.put("max.block.ms", timeout);
        return new SchemaLog(
                consumer, new KafkaProducer<>(forProducer, new StringSerializer(), new StringSerializer()));
    }

    private static void createTopic(Admin admin) {
        var topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy", "compact"));
        try {
            await(admin.createTopics(List.of(topic)).all());
            return;
        } catch (TopicExistsException e) {
            // From an earlier start: checked below.
        }
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
        String policy = await(admin.describeConfigs(List.of(resource)).all())
                .get(resource)
                .get("cleanup.policy")
                .value();
        if (!policy.equals("compact")) {
            throw new KafkaException(
                    "topic " + TOPIC + " has cleanup.policy '" + policy + "': expected compact, or schemas expire");
        }
    }

    /**
     * Reads the records appended since the last call, up to the end of the log.
     *
     * @return offset of the end
     * @throws KafkaException if the broker does not answer
     */
    long readOn(BiConsumer<String, Optional<String>> records) {
        long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (consumer.position(PARTITION) < end) {
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("no records from topic " + TOPIC + " for " + TIMEOUT);
            }
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                records.accept(record.key(), Optional.ofNullable(record.value()));
                deadline = System.nanoTime() + TIMEOUT.toNanos();
            }
        }
        return end;
    }

    /**
     * Appends a record and returns when the broker has acknowledged it. The record is not read again.
     *
     * @param value empty for a tombstone
     * @throws KafkaException if the broker does not answer; the record may still be in the log
     */
    void append(String key, Optional<String> value) {
        long offset = await(producer.send(new ProducerRecord<>(TOPIC, PARTITION.partition(), key, value.orElse(null))))
                .offset();
        if (consumer.position(PARTITION) == offset) {
            consumer.seek(PARTITION, offset + 1);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get(TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer from the broker", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }
}
