package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Lets a consumer group start at the end of topics that it never read, by committing where that is. A consumer that looks for the end
 * itself has no position to come back to before it has read something, so that it would leave out what came while it was down.
 */
final class StartOffsets {

    private final Admin admin;
    private final String group;

    /** @param admin not closed here */
    StartOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * Does nothing for partitions that have a position, or while the group has members: these have done it.
     *
     * @throws KafkaException if the broker refuses or gives no answer
     */
    void commitEnds(Collection<? extends Topic<?>> topics) {
        var committed = get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        var fresh =
                get(admin.describeTopics(topics.stream().map(Topic::name).toList())
                                .allTopicNames())
                        .values()
                        .stream()
                        .flatMap(topic -> IntStream.range(0, topic.partitions().size())
                                .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                        .filter(partition -> committed.get(partition) == null)
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        if (fresh.isEmpty() || hasMembers()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        get(admin.listOffsets(fresh).all())
                .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
        get(admin.alterConsumerGroupOffsets(group, ends).all());
    }

    private boolean hasMembers() {
        try {
            return !get(admin.describeConsumerGroups(List.of(group)).all())
                    .get(group)
                    .members()
                    .isEmpty();
        } catch (GroupIdNotFoundException e) {
            return false;
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }
}
