package dev.vorrang.console.desk;

import dev.vorrang.console.index.MailCluster;
import dev.vorrang.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a topic has. */
final class TopicRecords {

    private TopicRecords() {}

    /** @param value empty where a record deletes its key */
    record Written<V>(String key, Optional<V> value) {}

    /** All up to its end, in order within a partition. */
    static <V extends SpecificRecord> List<Written<V>> of(MailCluster cluster, Topic<V> topic) {
        var records = new ArrayList<Written<V>>();
        var values = cluster.serdes.valueSerde(topic).deserializer();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>copyOf(cluster.client()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(each -> records.add(new Written<>(
                                new String(each.key(), StandardCharsets.UTF_8),
                                Optional.ofNullable(each.value())
                                        .map(bytes -> values.deserialize(topic.name(), bytes)))));
            }
        }
        return records;
    }
}
