package dev.vorrang.scoring.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records of its partitions an instance has not committed, asked of the broker every few seconds. What the consumer and its
 * thread know stands still while the thread is inside a model, which is when the lag grows. Safe for use by many threads.
 */
final class InputLag implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InputLag.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Admin admin;
    private final String group;
    private final String topic;
    private final Supplier<Set<String>> clients;
    private final PeriodicWork timer;
    private volatile double records;

    /**
     * @param admin client of the broker, closed here
     * @param group commits the offsets
     * @param topic that is read
     * @param clients ids of the instance's consumers in the group
     */
    InputLag(Admin admin, String group, String topic, Supplier<Set<String>> clients) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
        this.clients = clients;
        this.timer = PeriodicWork.start("input-lag", Duration.ZERO, PERIOD, this::ask);
    }

    /** Records that are not committed, a few seconds ago; while the broker gives no answer, those of its last one. */
    double records() {
        return records;
    }

    private void ask() {
        try {
            var description =
                    get(admin.describeConsumerGroups(List.of(group)).all()).get(group);
            if (description.groupState() != GroupState.STABLE) {
                return;
            }
            var all = partitions(description);
            var committed = all.isEmpty() ? Map.<TopicPartition, OffsetAndMetadata>of() : committed();
            var fresh = all.stream()
                    .filter(partition -> committed.get(partition) == null)
                    .toList();
            var starts = offsets(fresh, OffsetSpec.earliest());
            double sum = 0;
            for (var end : offsets(all, OffsetSpec.latest()).entrySet()) {
                OffsetAndMetadata done = committed.get(end.getKey());
                long from = done == null ? starts.get(end.getKey()) : done.offset();
                sum += Math.max(0, end.getValue() - from);
            }
            records = sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("The lag of {} is not known: {}", group, e.toString());
        }
    }

    private Set<TopicPartition> partitions(ConsumerGroupDescription group) {
        var mine = clients.get();
        return group.members().stream()
                .filter(member -> mine.contains(member.clientId()))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .filter(partition -> partition.topic().equals(topic))
                .collect(Collectors.toSet());
    }

    private Map<TopicPartition, OffsetAndMetadata> committed()
            throws InterruptedException, ExecutionException, TimeoutException {
        return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> of, OffsetSpec which)
            throws InterruptedException, ExecutionException, TimeoutException {
        var wanted = of.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
        return get(admin.listOffsets(wanted).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, answer -> answer.getValue().offset()));
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.close();
        admin.close(Duration.ZERO);
    }
}
