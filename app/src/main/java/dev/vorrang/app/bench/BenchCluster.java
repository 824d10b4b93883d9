package dev.vorrang.app.bench;

import dev.vorrang.app.program.Closer;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.RetryPolicy;
import dev.vorrang.scoring.engine.StreamsSettings;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;
import dev.vorrang.scoring.engine.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** A broker and a registry in this process, for measurements alone. For one thread; whoever starts one closes it. */
final class BenchCluster implements AutoCloseable {

    /** As many as a stream's topics have by default. */
    static final int PARTITIONS = 4;

    private static final TopicCreation TOPICS = new TopicCreation(true, PARTITIONS, (short) 1);
    /** What a run wrote is gone soon after it, so that many runs need no more room than one. */
    private static final Map<String, String> BROKER = Map.of("log.segment.delete.delay.ms", "1000");

    /** Without any progress. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Closer parts = new Closer();
    private final String bootstrapServers;
    private final String registryUrl;
    private final Admin admin;
    private final AvroSerdes serdes;

    private BenchCluster(Path folder) {
        this.folder = folder;
        try {
            var kafka = parts.add("broker", EmbeddedKafka.start(folder.resolve("kafka"), 0, BROKER));
            bootstrapServers = kafka.bootstrapServers();
            var registry = parts.add("registry", EmbeddedRegistry.start(bootstrapServers, 0));
            registryUrl = registry.url().toString();
            serdes = new AvroSerdes(parts.add(
                    "registry client", ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", registryUrl))));
            admin = parts.add("admin client", Admin.create(Map.of("bootstrap.servers", bootstrapServers)));
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** @param folder for all data; its owner deletes it */
    static BenchCluster start(Path folder) {
        return new BenchCluster(folder);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String registryUrl() {
        return registryUrl;
    }

    AvroSerdes serdes() {
        return serdes;
    }

    StreamsSettings settings(String applicationId) {
        return StreamsSettings.of(bootstrapServers, applicationId, folder.resolve("state"))
                .withTopics(TOPICS);
    }

    void create(List<Topic<?>> topics) {
        new TopicSetup(
                        admin,
                        TOPICS,
                        new RetryPolicy(Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(1)))
                .ensure(topics);
    }

    /** Deletes all topics whose names begin so. */
    void delete(String prefix) {
        var names = answer(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
        answer(admin.deleteTopics(names).all());
    }

    /** Records of the topics' partitions that a group has committed, all together. */
    long committed(String group) {
        return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).values().stream()
                .filter(offset -> offset != null)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /**
     * Waits until a group has committed so many records or more.
     *
     * @param pause between two looks; what it throws ends the waiting
     * @param state of those who should commit, to be told if they do not
     * @return how many it has committed
     * @throws CommandFailedException if it commits nothing for a minute
     */
    long awaitCommitted(String group, long count, Runnable pause, Supplier<String> state) {
        long committed = committed(group);
        long limit = System.nanoTime() + LONGEST_SILENCE.toNanos();
        while (committed < count) {
            pause.run();
            long now = committed(group);
            if (now > committed) {
                limit = System.nanoTime() + LONGEST_SILENCE.toNanos();
            } else if (System.nanoTime() - limit > 0) {
                throw new CommandFailedException("the stream committed nothing for " + LONGEST_SILENCE.toSeconds()
                        + " s, after " + committed + " of " + count + " records: " + state.get());
            }
            committed = now;
        }
        return committed;
    }

    List<TopicPartition> partitions(Topic<?> topic) {
        return answer(admin.describeTopics(List.of(topic.name())).allTopicNames())
                .get(topic.name())
                .partitions()
                .stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .collect(Collectors.toList());
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
