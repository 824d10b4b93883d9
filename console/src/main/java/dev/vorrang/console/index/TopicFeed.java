package dev.vorrang.console.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the committed records of topics, from where it was left. It belongs to no consumer group. Topics and partitions may appear while it
 * reads. For one thread.
 */
final class TopicFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final Set<String> topics;
    private final ReadPositions positions;

    /**
     * @param kafka settings of a Kafka client, by Kafka's names
     * @param positions from where to read; topics that are found are noted there, and whoever takes records notes how far
     */
    TopicFeed(Map<String, String> kafka, Collection<String> topics, ReadPositions positions) {
        this.topics = Set.copyOf(topics);
        this.positions = positions;
        consumer = consumer(kafka);
        admin = Admin.create(new HashMap<String, Object>(kafka));
    }

    static KafkaConsumer<byte[], byte[]> consumer(Map<String, String> kafka) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        settings.put("auto.offset.reset", "none");
        settings.put("fetch.max.wait.ms", "100");
        // What waits in memory; one record that is larger comes alone.
        settings.put("fetch.max.bytes", "8388608");
        settings.put("max.partition.fetch.bytes", "1048576");
        settings.put("default.api.timeout.ms", Long.toString(ANSWER.toMillis()));
        settings.put("request.timeout.ms", Long.toString(ANSWER.toMillis()));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Looks which topics and partitions there are.
     *
     * @throws TopicRecreatedException if a topic is not the one that was read before, or has fewer records than were read
     * @throws KafkaException if the broker gives no answer
     */
    void discover() {
        var partitions = new HashSet<TopicPartition>();
        describe().forEach((topic, description) -> {
            positions.checkTopic(topic, description.topicId().toString());
            description.partitions().forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
        });
        if (!partitions.equals(consumer.assignment())) {
            consumer.assign(partitions);
            seek();
        }
    }

    private Map<String, TopicDescription> describe() {
        var described = new HashMap<String, TopicDescription>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, answer) -> {
            try {
                described.put(topic, answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException(
                            "topic " + topic + ": " + e.getCause().getMessage(), e.getCause());
                }
            } catch (java.util.concurrent.TimeoutException e) {
                throw new TimeoutException("topic " + topic + ": the broker gave no answer", e);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        });
        return described;
    }

    /** Goes back to what was taken. */
    void seek() {
        Set<TopicPartition> partitions = consumer.assignment();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long at = positions.of(partition).orElse(first.get(partition));
            if (at > end.get(partition)) {
                throw new TopicRecreatedException(
                        partition + " ends at " + end.get(partition) + ", but was read to " + at, false);
            }
            if (at < first.get(partition)) {
                LOG.warn(
                        "{}: records {} to {} were deleted before they were read",
                        partition,
                        at,
                        first.get(partition) - 1);
                at = first.get(partition);
            }
            consumer.seek(partition, at);
        }
    }

    /** Records that have come, waiting for the first of them no longer than told; none while there is no topic. */
    List<ConsumerRecord<byte[], byte[]>> poll(Duration longest) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        if (consumer.assignment().isEmpty()) {
            LockSupport.parkNanos(this, longest.toNanos());
            return records;
        }
        try {
            consumer.poll(longest).forEach(records::add);
        } catch (OffsetOutOfRangeException e) {
            seek();
        }
        return records;
    }

    /**
     * How many records are still to be read.
     *
     * @throws TimeoutException if the broker gives no answer
     */
    long behind() {
        long behind = 0;
        for (var end : consumer.endOffsets(consumer.assignment()).entrySet()) {
            behind += Math.max(0, end.getValue() - consumer.position(end.getKey()));
        }
        return behind;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        admin.close(Duration.ZERO);
    }
}
