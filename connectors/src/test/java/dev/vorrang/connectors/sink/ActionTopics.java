package dev.vorrang.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics of actions in a broker of the test's. */
final class ActionTopics implements AutoCloseable {

    private static final Topics TOPICS = new Topics("");

    private final String bootstrapServers;
    private final ConfluentSchemaRegistry registry;

    ActionTopics(String bootstrapServers, String registryUrl) {
        this.bootstrapServers = bootstrapServers;
        this.registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", registryUrl));
    }

    void make(String... sinks) throws Exception {
        var topics = Stream.concat(
                        Stream.of(sinks).map(sink -> TOPICS.actions(sink).name()),
                        Stream.of(TOPICS.actionsDeadLetters().name()))
                .map(topic -> new NewTopic(topic, 1, (short) 1))
                .toList();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics).all().get();
        }
    }

    void send(String sink, List<Action> actions) {
        var topic = TOPICS.actions(sink);
        // With more requests at once, the first of two batches to a new topic can be lost (KAFKA-15591).
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", "1"),
                new StringSerializer(),
                new AvroSerdes(registry).valueSerde(topic).serializer())) {
            actions.forEach(action -> producer.send(new ProducerRecord<>(topic.name(), action.getRecord(), action)));
        }
    }

    /** The dead letters, each the action as it was: id to cause. Waits for so many. */
    Map<String, String> letters(int count) {
        try (var consumer = new KafkaConsumer<String, Action>(
                Map.of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(),
                new AvroSerdes(registry).valueSerde(TOPICS.actionsDeadLetters()).deserializer())) {
            var partition = new TopicPartition(TOPICS.actionsDeadLetters().name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var causes = new TreeMap<String, String>();
            await("dead letters").atMost(Duration.ofMinutes(1)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    var cause = record.headers()
                            .lastHeader("__connect.errors.exception.message")
                            .value();
                    causes.put(record.value().getId(), new String(cause, StandardCharsets.UTF_8));
                });
                return consumer.position(partition)
                                == consumer.endOffsets(List.of(partition)).get(partition)
                        && causes.size() >= count;
            });
            assertThat(causes).hasSize(count);
            return causes;
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
