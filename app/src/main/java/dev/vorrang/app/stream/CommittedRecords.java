package dev.vorrang.app.stream;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.serde.WireFormatException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the committed records of topics, as far as they go when it is asked. It belongs to no consumer group and creates no topic. Records
 * that cannot be read are left out, with a line in the log. For one thread.
 */
public final class CommittedRecords implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommittedRecords.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ConfluentSchemaRegistry registry;
    private final AvroSerdes serdes;

    private CommittedRecords(KafkaConsumer<byte[], byte[]> consumer, ConfluentSchemaRegistry registry) {
        this.consumer = consumer;
        this.registry = registry;
        this.serdes = new AvroSerdes(registry);
    }

    /** The cluster stays the caller's to close. */
    public static CommittedRecords open(ClusterAccess cluster) {
        return new CommittedRecords(consumer(cluster), ConfluentSchemaRegistry.connect(cluster.registryClient()));
    }

    static KafkaConsumer<byte[], byte[]> consumer(ClusterAccess cluster) {
        var client = new HashMap<String, Object>(cluster.kafkaClient());
        client.put("isolation.level", "read_committed");
        client.put("enable.auto.commit", "false");
        client.put("allow.auto.create.topics", "false");
        client.put("default.api.timeout.ms", "15000");
        client.put("request.timeout.ms", "10000");
        return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Partitions of a topic.
     *
     * @throws CommandFailedException if there is no such topic
     */
    static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        var topics = consumer.listTopics();
        if (!topics.containsKey(topic)) {
            throw new CommandFailedException("topic " + topic + ": there is no such topic; there are "
                    + String.join(", ", new TreeSet<>(topics.keySet())));
        }
        return topics.get(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /**
     * Reads all records of a topic, those of a partition in order.
     *
     * @throws CommandFailedException if there is no such topic
     * @throws KafkaException if the broker gives no answer
     */
    public <V extends SpecificRecord> void each(Topic<V> topic, Consumer<V> action) {
        List<TopicPartition> partitions = partitions(consumer, topic.name());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        try (Deserializer<V> deserializer = serdes.valueSerde(topic).deserializer()) {
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var each : consumer.poll(POLL)) {
                    read(each, deserializer).ifPresent(action);
                }
            }
        }
    }

    /**
     * Reads the records at some positions of a topic; those that the topic does not have, or no more, are left out.
     *
     * @throws KafkaException if the broker gives no answer
     */
    public <V extends SpecificRecord> void at(
            Topic<V> topic, Collection<Position> positions, BiConsumer<Position, V> action) {
        var sorted = positions.stream()
                .sorted(Comparator.comparing(Position::getPartition).thenComparing(Position::getOffset))
                .toList();
        Map<Long, ConsumerRecord<byte[], byte[]>> fetched = new HashMap<>();
        TopicPartition at = null;
        long first = 0;
        long end = 0;
        try (Deserializer<V> deserializer = serdes.valueSerde(topic).deserializer()) {
            for (Position position : sorted) {
                var partition = new TopicPartition(topic.name(), position.getPartition());
                if (!partition.equals(at)) {
                    at = partition;
                    fetched.clear();
                    consumer.assign(List.of(partition));
                    first = consumer.beginningOffsets(List.of(partition)).get(partition);
                    end = consumer.endOffsets(List.of(partition)).get(partition);
                }
                if (position.getOffset() >= first && position.getOffset() < end) {
                    fetch(partition, position.getOffset(), fetched)
                            .flatMap(each -> read(each, deserializer))
                            .ifPresent(value -> action.accept(position, value));
                }
            }
        }
    }

    /** The record itself, or none if it is none: the end of a transaction takes an offset, too. */
    private Optional<ConsumerRecord<byte[], byte[]>> fetch(
            TopicPartition partition, long offset, Map<Long, ConsumerRecord<byte[], byte[]>> fetched) {
        if (!fetched.containsKey(offset)) {
            fetched.clear();
            consumer.seek(partition, offset);
            while (fetched.isEmpty() && consumer.position(partition) <= offset) {
                consumer.poll(POLL).forEach(each -> fetched.put(each.offset(), each));
            }
        }
        return Optional.ofNullable(fetched.get(offset));
    }

    private static <V> Optional<V> read(ConsumerRecord<byte[], byte[]> each, Deserializer<V> deserializer) {
        try {
            return Optional.ofNullable(each.value()).map(bytes -> deserializer.deserialize(each.topic(), bytes));
        } catch (WireFormatException e) {
            LOG.warn(
                    "{}-{}@{} is left out, it cannot be read: {}",
                    each.topic(),
                    each.partition(),
                    each.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
        registry.close();
    }
}
