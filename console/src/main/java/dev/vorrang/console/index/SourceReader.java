package dev.vorrang.console.index;

import dev.vorrang.schemas.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads single records by their position. Scores come in about the order of what they were made from; therefore both topics are read side
 * by side, and a jump is the exception. For one thread.
 */
final class SourceReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    /** Polls without an answer, after which it is looked into. */
    private static final int MAX_EMPTY_POLLS = 10;
    /** Reading on over so many records is faster than a jump. */
    private static final int MAX_SKIPPED = 2_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    /** What was read beyond what was asked for, by partition. */
    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> ahead = new HashMap<>();

    SourceReader(Map<String, String> kafka) {
        consumer = TopicFeed.consumer(kafka);
    }

    /**
     * Values of records; those that the topics have no more are left out.
     *
     * @throws TimeoutException if the broker gives no answer
     */
    Map<Position, byte[]> read(Collection<Position> positions) {
        var wanted = new HashMap<TopicPartition, NavigableSet<Long>>();
        for (Position each : positions) {
            if (each.getPartition() >= 0 && each.getOffset() >= 0) {
                wanted.computeIfAbsent(new TopicPartition(each.getTopic(), each.getPartition()), key -> new TreeSet<>())
                        .add(each.getOffset());
            }
        }
        var found = new HashMap<Position, byte[]>();
        wanted.keySet().removeIf(partition -> !exists(partition));
        if (wanted.isEmpty()) {
            return found;
        }
        assign(wanted.keySet());
        wanted.forEach(this::begin);
        int empty = 0;
        while (true) {
            wanted.forEach((partition, offsets) -> take(partition, offsets, found));
            wanted.entrySet().removeIf(each -> isDone(each.getKey(), each.getValue()));
            if (wanted.isEmpty()) {
                return found;
            }
            empty = poll(wanted.keySet()) ? 0 : empty + 1;
            if (empty >= MAX_EMPTY_POLLS) {
                empty = 0;
                dropAbsent(wanted);
            }
        }
    }

    private boolean exists(TopicPartition partition) {
        if (consumer.assignment().contains(partition)) {
            return true;
        }
        List<PartitionInfo> partitions = consumer.listTopics().getOrDefault(partition.topic(), List.of());
        return partitions.stream().anyMatch(each -> each.partition() == partition.partition());
    }

    private void assign(Set<TopicPartition> wanted) {
        if (!consumer.assignment().containsAll(wanted)) {
            Set<TopicPartition> all = new HashSet<>(consumer.assignment());
            var fresh = new HashSet<>(wanted);
            fresh.removeAll(all);
            all.addAll(wanted);
            consumer.assign(all);
            consumer.seekToBeginning(fresh);
        }
    }

    /** Goes to the first of the offsets, unless it is read soon anyway. */
    private void begin(TopicPartition partition, NavigableSet<Long> offsets) {
        Deque<ConsumerRecord<byte[], byte[]>> read = ahead.computeIfAbsent(partition, key -> new ArrayDeque<>());
        long next = read.isEmpty() ? consumer.position(partition) : read.peek().offset();
        long first = offsets.first();
        if (first < next || first - next > MAX_SKIPPED) {
            read.clear();
            consumer.seek(partition, first);
        }
    }

    private void take(TopicPartition partition, NavigableSet<Long> offsets, Map<Position, byte[]> found) {
        Deque<ConsumerRecord<byte[], byte[]>> read = ahead.get(partition);
        while (!read.isEmpty() && !offsets.isEmpty() && read.peek().offset() <= offsets.last()) {
            ConsumerRecord<byte[], byte[]> record = read.remove();
            offsets.headSet(record.offset(), false).clear();
            if (offsets.remove(record.offset())) {
                found.put(new Position(partition.topic(), partition.partition(), record.offset()), record.value());
            }
        }
    }

    private boolean isDone(TopicPartition partition, NavigableSet<Long> offsets) {
        return offsets.isEmpty() || !ahead.get(partition).isEmpty() || consumer.position(partition) > offsets.last();
    }

    /** @return whether there was anything */
    private boolean poll(Set<TopicPartition> partitions) {
        Set<TopicPartition> others = new HashSet<>(consumer.assignment());
        others.removeAll(partitions);
        consumer.resume(partitions);
        consumer.pause(others);
        try {
            var records = consumer.poll(POLL);
            records.forEach(each -> ahead.get(new TopicPartition(each.topic(), each.partition()))
                    .add(each));
            return !records.isEmpty();
        } catch (OffsetOutOfRangeException e) {
            // Deleted by retention: what is left begins later.
            consumer.seekToBeginning(e.partitions());
            return false;
        }
    }

    /** Gives up on what is not there; fails if the broker does not answer. */
    private void dropAbsent(Map<TopicPartition, NavigableSet<Long>> wanted) {
        Map<String, List<PartitionInfo>> topics = consumer.listTopics();
        wanted.keySet().removeIf(each -> !topics.containsKey(each.topic()));
        consumer.endOffsets(wanted.keySet()).forEach((partition, end) -> {
            if (wanted.get(partition).first() >= end) {
                wanted.remove(partition);
            }
        });
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
