package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes sure that topics are there before they are used. For one thread. */
public final class TopicSetup {

    private final Admin admin;
    private final TopicCreation creation;
    private final RetryPolicy retries;

    /**
     * @param admin client of the broker, not closed here
     * @param creation whether and how absent topics are created
     * @param retries with brokers that do not know of a new topic yet
     */
    public TopicSetup(Admin admin, TopicCreation creation, RetryPolicy retries) {
        this.admin = admin;
        this.creation = creation;
        this.retries = retries;
    }

    /**
     * Creates the topics that are absent, and returns when each partition has a leader that answers: what is produced to a new
     * topic before that can be lost (KAFKA-15591).
     *
     * @throws MissingTopicException if topics are absent and none are to be created
     * @throws KafkaException if the broker refuses or gives no answer
     */
    public void ensure(Collection<? extends Topic<?>> topics) {
        var missing = topics.stream().filter(topic -> describe(topic).isEmpty()).toList();
        if (!missing.isEmpty() && !creation.create()) {
            throw new MissingTopicException(
                    missing.stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new)));
        }
        missing.forEach(this::create);
        topics.forEach(this::awaitLeaders);
    }

    private Optional<TopicDescription> describe(Topic<?> topic) {
        try {
            return Optional.of(get(admin.describeTopics(List.of(topic.name()), new DescribeTopicsOptions())
                    .topicNameValues()
                    .get(topic.name())));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private void create(Topic<?> topic) {
        var newTopic = new NewTopic(
                        topic.name(),
                        Optional.of(creation.partitions()),
                        Optional.of(creation.replication()).filter(replication -> replication > 0))
                .configs(topic.config());
        try {
            get(admin.createTopics(List.of(newTopic)).values().get(topic.name()));
        } catch (TopicExistsException e) {
            // Another instance was faster.
        }
    }

    private void awaitLeaders(Topic<?> topic) {
        // A new topic may not be known to every broker yet.
        int partitions = describe(topic)
                .map(description -> description.partitions().size())
                .orElse(creation.partitions());
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.name(), partition), partition -> OffsetSpec.latest()));
        retries.retry(
                "waiting for the partitions of " + topic.name(),
                UnknownTopicOrPartitionException.class::isInstance,
                () -> get(admin.listOffsets(latest).all()));
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException cause) {
                throw cause;
            }
            throw new KafkaException(e.getCause());
        }
    }

    /** Longest time for one request, tries included. */
    static Map<String, Object> withTimeouts(Map<String, Object> properties, Duration timeout) {
        var all = new HashMap<>(properties);
        all.putIfAbsent("request.timeout.ms", Math.toIntExact(timeout.toMillis()));
        all.putIfAbsent("default.api.timeout.ms", Math.toIntExact(timeout.toMillis()));
        return all;
    }
}
