package dev.vorrang.app.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InterruptException;

/** Looks at the broker from outside. Answers are empty while it is away. For one thread. */
final class Observer implements AutoCloseable {

    private static final int LIMIT_MS = 3_000;
    private static final Set<TransactionState> ENDED =
            Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT);

    private static final Map<TopicPartition, ListOffsetsResultInfo> NO_OFFSETS = Map.of();

    private final Admin admin;

    Observer(String bootstrapServers) {
        admin = Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers,
                "default.api.timeout.ms", LIMIT_MS,
                "request.timeout.ms", LIMIT_MS,
                "reconnect.backoff.max.ms", 200));
    }

    Admin admin() {
        return admin;
    }

    boolean brokerAnswers() {
        return answer(admin.describeCluster().clusterId(), null) != null;
    }

    /** Sum of the ends of a topic's partitions, what is not committed among it; -1 if that cannot be told now. */
    long size(String topic) {
        var ends = ends(partitions(topic), IsolationLevel.READ_UNCOMMITTED);
        return ends.isEmpty()
                ? -1
                : ends.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether a group has committed all that a topic has. */
    boolean allCommitted(String group, String topic) {
        var ends = ends(partitions(topic), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, OffsetAndMetadata> committed =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), Map.of());
        return !ends.isEmpty()
                && ends.entrySet().stream()
                        .allMatch(end -> end.getValue() == 0
                                || committed.get(end.getKey()) != null
                                        && committed.get(end.getKey()).offset() >= end.getValue());
    }

    /** Whether a group has just so many members, and its work is shared out among them. */
    boolean isStable(String group, int members) {
        var description = answer(
                admin.describeConsumerGroups(List.of(group)).describedGroups().get(group), null);
        return description != null
                && description.groupState() == GroupState.STABLE
                && description.members().size() == members;
    }

    /** Partitions of any topic whose readers wait for a transaction, transactions that have not ended, and what cannot be told. */
    List<String> openTransactions() {
        var open = new ArrayList<String>();
        var names = answer(
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names(), Set.<String>of());
        if (names.isEmpty()) {
            open.add("the broker gives no answer");
        }
        names.forEach(topic -> open.addAll(waiting(topic)));
        Collection<TransactionListing> transactions =
                answer(admin.listTransactions().all(), null);
        if (transactions == null) {
            open.add("the broker names no transactions");
        } else {
            transactions.stream()
                    .filter(each -> !ENDED.contains(each.state()))
                    .forEach(each -> open.add("transaction " + each.transactionalId() + " is " + each.state()));
        }
        return open;
    }

    private List<String> waiting(String topic) {
        var partitions = partitions(topic);
        var all = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        var committed = ends(partitions, IsolationLevel.READ_COMMITTED);
        if (partitions.isEmpty() || all.size() < partitions.size() || committed.size() < partitions.size()) {
            return List.of("topic " + topic + ": the broker gives no answer");
        }
        return partitions.stream()
                .filter(each -> committed.get(each) < all.get(each))
                .map(each -> each + ": readers wait at " + committed.get(each) + " of " + all.get(each))
                .toList();
    }

    /** Of a topic; empty if that cannot be told now. */
    List<TopicPartition> partitions(String topic) {
        var description =
                answer(admin.describeTopics(List.of(topic)).topicNameValues().get(topic), null);
        return description == null
                ? List.of()
                : description.partitions().stream()
                        .map(TopicPartitionInfo::partition)
                        .map(partition -> new TopicPartition(topic, partition))
                        .toList();
    }

    /** The end of each partition for readers of that isolation level; empty if that cannot be told now. */
    Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel isolation) {
        var request = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> request.put(partition, OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        answer(admin.listOffsets(request, new ListOffsetsOptions(isolation)).all(), NO_OFFSETS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T answer(KafkaFuture<T> future, T none) {
        try {
            return future.get(LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return none;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
