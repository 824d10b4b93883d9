package dev.vorrang.app.stream;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the committed records of one topic as lines of JSON. It belongs to no consumer group and creates no topic. For one thread.
 */
public final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ConfluentSchemaRegistry registry;
    private final RecordLine line;
    private final Map<TopicPartition, Long> ends;

    private TopicReader(
            KafkaConsumer<byte[], byte[]> consumer, ConfluentSchemaRegistry registry, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.registry = registry;
        this.line = new RecordLine(new AvroSerdes(registry).genericDeserializer());
        this.ends = consumer.endOffsets(partitions);
    }

    /**
     * Opens a topic.
     *
     * @param fromEnd whether only records count that come from now on
     * @throws CommandFailedException if the broker gives no answer or has no such topic
     */
    public static TopicReader open(ClusterAccess cluster, String topic, boolean fromEnd) {
        var consumer = CommittedRecords.consumer(cluster);
        try {
            var partitions = CommittedRecords.partitions(consumer, topic);
            consumer.assign(partitions);
            if (fromEnd) {
                consumer.seekToEnd(partitions);
            } else {
                consumer.seekToBeginning(partitions);
            }
            return new TopicReader(consumer, ConfluentSchemaRegistry.connect(cluster.registryClient()), partitions);
        } catch (KafkaException e) {
            consumer.close();
            throw new CommandFailedException(
                    "the broker at " + cluster.bootstrapServers() + " cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Lines of the records that have come, waiting for the first of them no longer than told. */
    public List<String> poll(Duration longest) {
        var lines = new ArrayList<String>();
        consumer.poll(longest).forEach(each -> lines.add(line.of(each)));
        return lines;
    }

    /** Lines of the records that were there when this was opened; empty when these have all been given. */
    public List<String> pollUntilEnd(Duration longest) {
        var lines = new ArrayList<String>();
        while (lines.isEmpty() && ends.keySet().stream().anyMatch(this::hasMore)) {
            for (var each : consumer.poll(longest)) {
                if (each.offset() < ends.get(new TopicPartition(each.topic(), each.partition()))) {
                    lines.add(line.of(each));
                }
            }
        }
        return lines;
    }

    private boolean hasMore(TopicPartition partition) {
        return consumer.position(partition) < ends.get(partition);
    }

    @Override
    public void close() {
        consumer.close();
        registry.close();
    }
}
