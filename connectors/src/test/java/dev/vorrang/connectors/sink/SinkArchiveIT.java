package dev.vorrang.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.connectors.imap.ConnectProcess;
import dev.vorrang.connectors.sink.http.HttpSinkConnector;
import dev.vorrang.connectors.sink.http.HttpSinkSettings;
import dev.vorrang.connectors.sink.http.WebhookServer;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive's sinks in a worker that knows nothing of this project, killed and started again. */
class SinkArchiveIT {

    private static final Topics TOPICS = new Topics("");
    private static final int ACTIONS = 300;

    @TempDir
    Path folder;

    @Test
    void shouldLoseNothingWhenTheWorkerIsKilledAndBuryWhatIsRefused() throws Exception {
        var plugins = ConnectProcess.plugins(folder);
        try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                var registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
                var web = WebhookServer.plain()) {
            var url = registry.url().toString();
            makeTopics(kafka.bootstrapServers());
            send(kafka.bootstrapServers(), url);
            try (var worker = ConnectProcess.start(folder, plugins, kafka.bootstrapServers())) {
                assertThat(worker.get("/connector-plugins")).contains(HttpSinkConnector.class.getName());
                worker.put("web", config(web.port(), url));
                await("some")
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> web.ids().size() > 100);
                worker.kill();
            }
            assertThat(web.ids()).hasSizeLessThan(ACTIONS);
            try (var worker = ConnectProcess.start(folder, plugins, kafka.bootstrapServers())) {
                var expected = IntStream.range(1, ACTIONS)
                        .mapToObj(i -> TestActions.id("action", i))
                        .toList();
                await("all").atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(web.ids())
                        .containsAll(expected));
                assertThat(worker.get("/connectors/web/status"))
                        .contains("RUNNING")
                        .doesNotContain("FAILED");
            }
            assertThat(letter(kafka.bootstrapServers(), url)).contains("the template gives no JSON");
        }
    }

    private static Map<String, String> config(int port, String registry) {
        var config = new HashMap<String, String>();
        config.put("connector.class", HttpSinkConnector.class.getName());
        config.put("tasks.max", "1");
        config.put("topics", TOPICS.actions("web").name());
        config.put(HttpSinkSettings.URL, "http://127.0.0.1:" + port + "/");
        config.put(HttpSinkSettings.SECURITY, "none");
        config.put(HttpSinkSettings.BODY, "{\"title\": \"{{title}}\", \"units\": {{fields.units}}}");
        config.put(DeliverySettings.RATE, "6000");
        config.put(DeliverySettings.TOLERANCE, "all");
        config.put(
                DeliverySettings.DEAD_LETTER_TOPIC, TOPICS.actionsDeadLetters().name());
        config.put("errors.deadletterqueue.topic.replication.factor", "1");
        config.put("errors.deadletterqueue.context.headers.enable", "true");
        config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        config.put("value.converter", "dev.vorrang.connectors.avro.AvroConverter");
        config.put("value.converter.schema.registry.url", registry);
        return config;
    }

    private static void makeTopics(String bootstrapServers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(
                            new NewTopic(TOPICS.actions("web").name(), 1, (short) 1),
                            new NewTopic(TOPICS.actionsDeadLetters().name(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** The first has no number where the template needs one. */
    private static void send(String bootstrapServers, String registryUrl) {
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", registryUrl));
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringSerializer(),
                        new AvroSerdes(registry)
                                .valueSerde(TOPICS.actions("web"))
                                .serializer())) {
            for (int i = 0; i < ACTIONS; i++) {
                var action = TestActions.action(i, "Action " + i, i == 0 ? Map.of() : Map.of("units", "3"));
                producer.send(new ProducerRecord<>(TOPICS.actions("web").name(), action.getRecord(), action));
            }
        }
    }

    /** Cause of the only dead letter, which is the action as it was. */
    private static String letter(String bootstrapServers, String registryUrl) {
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", registryUrl));
                var consumer = new KafkaConsumer<String, Action>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringDeserializer(),
                        new AvroSerdes(registry)
                                .valueSerde(TOPICS.actionsDeadLetters())
                                .deserializer())) {
            var partition = new TopicPartition(TOPICS.actionsDeadLetters().name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var found = new java.util.ArrayList<String>();
            await("dead letter").atMost(Duration.ofMinutes(1)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    assertThat(record.value().getId()).isEqualTo(TestActions.id("action", 0));
                    found.add(new String(
                            record.headers()
                                    .lastHeader("__connect.errors.exception.message")
                                    .value(),
                            StandardCharsets.UTF_8));
                });
                return !found.isEmpty();
            });
            return found.get(0);
        }
    }
}
