package dev.vorrang.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.app.Main;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user calls it, with a broker that runs, one that does not, and one of somebody else. */
class TopicCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TOPIC = new Topics("").machineMaintenance().name();

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    private Path data;
    private Path config;

    @Test
    void shouldReadTheCommittedRecordsOfATopicWhetherTheProgramRunsOrNot() throws Exception {
        data = folder.resolve("data");
        config = folder.resolve("vorrang.yaml");
        try (var broker = EmbeddedKafka.start(data.resolve("kafka"), 0);
                var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            fill(broker.bootstrapServers(), registry.url().toString());

            write("data: %s\nkafka: {port: %d}\nregistry: {port: %d}"
                    .formatted(data, broker.port(), registry.url().getPort()));
            assertAllIsShown();
            write("data: %s\nkafka: {mode: external, bootstrap-servers: '%s'}\nregistry: {mode: external, url: '%s'}"
                    .formatted(folder.resolve("other"), broker.bootstrapServers(), registry.url()));
            assertAllIsShown();

            assertThat(topic("none.such")).isEqualTo(1);
            assertThat(errors.toString()).contains("none.such", TOPIC).hasLineCount(1);
            try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get()).doesNotContain("none.such");
            }
            assertFollows(broker.bootstrapServers());
        }
        write("data: %s\nkafka: {port: 0}\nregistry: {port: 0}".formatted(data));
        assertThat(topic(TOPIC, "--max", "1")).as(errors.toString()).isZero();
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0).at("/value/machine").asText()).isEqualTo("press-1");
    }

    @Test
    void shouldSayWhatToDoWhereThereIsNoDataFolder() throws IOException {
        config = folder.resolve("vorrang.yaml");
        write("data: %s".formatted(folder.resolve("none")));

        assertThat(topic(TOPIC)).isEqualTo(1);

        assertThat(errors.toString()).contains("data:", "none", "./vorrang run").hasLineCount(1);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void shouldRefuseAMaximumOfNone() {
        config = folder.resolve("vorrang.yaml");

        assertThat(topic(TOPIC, "--max", "0")).isEqualTo(2);

        assertThat(errors.toString()).contains("--max 0", "allowed is").hasLineCount(1);
    }

    private void assertAllIsShown() throws IOException {
        assertThat(topic(TOPIC)).as(errors.toString()).isZero();
        var lines = lines();
        assertThat(lines.stream().map(line -> line.get("offset").asInt())).containsExactly(0, 1, 2, 3);
        assertThat(lines.get(0).toString())
                .startsWith(
                        "{\"key\":\"press-1\",\"partition\":0,\"offset\":0,\"time\":\"2026-01-02T03:04:05Z\",\"value\":{"
                                + "\"machine\":\"press-1\",\"from\":\"2026-01-02T03:04:05Z\",\"until\":null,");
        assertThat(lines.get(1).get("key").isNull()).isTrue();
        assertThat(lines.get(1).get("value").isNull()).isTrue();
        assertThat(lines.get(1).has("error")).isFalse();
        assertThat(lines.get(2).get("value").binaryValue()).containsExactly(0, 0, 0, 99, 99, 1);
        assertThat(lines.get(2).get("error").asText()).contains("schema");
        assertThat(lines.get(3).get("key").binaryValue()).containsExactly(0xff);
        assertThat(lines.get(3).get("error").asText()).contains("key");

        assertThat(topic(TOPIC, "--from", "end")).isZero();
        assertThat(lines()).isEmpty();
        assertThat(topic(TOPIC, "--max", "2")).isZero();
        assertThat(lines()).hasSize(2);
    }

    private void assertFollows(String bootstrapServers) throws IOException {
        var following = CompletableFuture.supplyAsync(() -> topic(TOPIC, "--follow", "--max", "5"));
        await().atMost(LIMIT)
                .until(() -> following.isDone() || output.toString().lines().count() == 4);
        assertThat(following).as(errors.toString()).isNotDone();
        try (var producer = producer(bootstrapServers, Map.of())) {
            producer.send(new ProducerRecord<>(TOPIC, null, null));
        }
        await().atMost(LIMIT).until(following::isDone);
        assertThat(following).isCompletedWithValue(0);
        assertThat(lines()).hasSize(5);
    }

    /** Four records that are committed, and one that is not. */
    private static void fill(String bootstrapServers, String registryUrl) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        var time = Instant.parse("2026-01-02T03:04:05Z");
        var mark = Maintenance.newBuilder()
                .setMachine("press-1")
                .setFrom(time)
                .setReason("oil")
                .build();
        byte[] value;
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", registryUrl))) {
            value = new AvroSerdes(registry)
                    .valueSerde(new Topics("").machineMaintenance())
                    .serializer()
                    .serialize(TOPIC, mark);
        }
        byte[] key = "press-1".getBytes(StandardCharsets.UTF_8);
        try (var producer = producer(bootstrapServers, Map.of())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, time.toEpochMilli(), key, value));
            producer.send(new ProducerRecord<>(TOPIC, null, null));
            producer.send(new ProducerRecord<>(TOPIC, key, new byte[] {0, 0, 0, 99, 99, 1}));
            producer.send(new ProducerRecord<>(TOPIC, new byte[] {(byte) 0xff}, value));
        }
        try (var producer = producer(bootstrapServers, Map.of("transactional.id", "test"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, key, value)).get();
            producer.abortTransaction();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, Map<String, String> more) {
        var settings = new java.util.HashMap<String, Object>(more);
        settings.put("bootstrap.servers", bootstrapServers);
        // With more, the first of two batches to a new topic can be lost (KAFKA-15591).
        settings.put("max.in.flight.requests.per.connection", "1");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private int topic(String... arguments) {
        output.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        var commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(output, true));
        commandLine.setErr(new PrintWriter(errors, true));
        var all = new ArrayList<>(List.of("topic", "--config", config.toString()));
        all.addAll(List.of(arguments));
        return commandLine.execute(all.toArray(String[]::new));
    }

    private List<JsonNode> lines() throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : output.toString().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private void write(String yaml) throws IOException {
        Files.writeString(config, yaml + """

                ingest:
                  mailboxes:
                    - {name: desk, host: 127.0.0.1, user: desk, password: secret}
                """);
    }
}
