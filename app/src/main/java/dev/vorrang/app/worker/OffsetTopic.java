package dev.vorrang.app.worker;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.KafkaOffsetBackingStore;
import org.apache.kafka.connect.util.KafkaBasedLog;
import org.apache.kafka.connect.util.TopicAdmin;

/**
 * Keeps how far connectors have read in a compacted Kafka topic of one partition, as a Connect cluster does. Connect's own store
 * for a worker that stands alone is a file that it truncates before it writes: killed in between, it would start at the first mail.
 */
final class OffsetTopic extends KafkaOffsetBackingStore {

    private final String topic;
    private final TopicAdmin admin;

    /** @param admin closed with this store */
    OffsetTopic(String topic, TopicAdmin admin) {
        super(() -> admin, () -> "vorrang-offsets-", keyConverter());
        this.topic = topic;
        this.admin = admin;
    }

    @Override
    public void configure(WorkerConfig config) {
        var producer = new HashMap<>(config.originals());
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        var consumer = new HashMap<>(config.originals());
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        offsetLog = new KafkaBasedLog<>(
                topic, producer, consumer, () -> admin, consumedCallback, Time.SYSTEM, this::createTopic);
    }

    @Override
    public void stop() {
        super.stop();
        admin.close();
    }

    private void createTopic(TopicAdmin topicAdmin) {
        topicAdmin.createTopics(
                TopicAdmin.defineTopic(topic).compacted().partitions(1).build());
    }

    private static JsonConverter keyConverter() {
        var converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", "false"), true);
        return converter;
    }
}
