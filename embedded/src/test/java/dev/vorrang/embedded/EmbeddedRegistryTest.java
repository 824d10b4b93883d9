package dev.vorrang.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest extends HttpRegistryContract {

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry embedded;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(folder.resolve("broker"), 0);
        embedded = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
    }

    @AfterAll
    static void stop() {
        embedded.close();
        kafka.close();
    }

    @Override
    String url() {
        return embedded.url().toString();
    }

    private static void restartRegistry() {
        int port = embedded.url().getPort();
        embedded.close();
        embedded = EmbeddedRegistry.start(kafka.bootstrapServers(), port);
    }

    @Test
    void shouldListenOnTheLoopbackAddressAlone() {
        assertThat(embedded.url().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void shouldKeepIdsOverARestartOfBrokerAndRegistry() throws Exception {
        var data = folder.resolve("restarted");
        EmbeddedRegistry before = embedded;
        int id;
        try (var broker = EmbeddedKafka.start(data, 0);
                var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            embedded = registry;
            id = register("First", "a");
            call("POST", "/subjects/" + subject + "2/versions", schemaBody(record("Second")));
            call("PUT", "/config/" + subject, Map.of("compatibility", "FULL"));
        } finally {
            embedded = before;
        }
        try (var broker = EmbeddedKafka.start(data, 0);
                var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            embedded = registry;
            assertThat(register("First", "a")).isEqualTo(id);
            assertThat(call("GET", "/schemas/ids/" + id, null).status()).isEqualTo(200);
            assertThat(call("GET", "/config/" + subject, null)
                            .body()
                            .get("compatibilityLevel")
                            .asText())
                    .isEqualTo("FULL");
            assertThat(call("POST", "/subjects/" + subject + "3/versions", schemaBody(record("Third")))
                            .body()
                            .get("id")
                            .asInt())
                    .isGreaterThan(id + 1);
        } finally {
            embedded = before;
        }
    }

    @Test
    void shouldBeMissedAndFoundAgain() {
        Schema later = record("Later" + System.nanoTime(), "x");
        try (var registry = connect("http.connect.timeout.ms", "2000")) {
            Schema early = record("Early" + System.nanoTime(), "x");
            int id = registry.idOf(subject, early);
            int port = embedded.url().getPort();
            embedded.close();
            try {
                assertThat(registry.idOf(subject, early)).isEqualTo(id);
                assertThatThrownBy(() -> registry.idOf(subject + "2", later))
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasMessageContaining("http://127.0.0.1:" + port);
                assertThatThrownBy(() -> registry.schemaOf(id + 1_000))
                        .isInstanceOf(RegistryUnavailableException.class);
            } finally {
                embedded = EmbeddedRegistry.start(kafka.bootstrapServers(), port);
            }
            assertThat(registry.idOf(subject + "2", later)).isGreaterThan(id);
            assertThat(registry.schemaOf(id)).isEqualTo(early);
        }
    }

    @Test
    void shouldNotGiveAnIdTwice() throws Exception {
        String versions = "/subjects/" + subject + "/versions";
        int id = register("Gone" + System.nanoTime(), "a");

        assertThat(call("DELETE", versions + "/1?permanent=true", null).errorCode())
                .isEqualTo(40407);
        assertThat(call("DELETE", versions + "/1", null).body().asInt()).isEqualTo(1);
        assertThat(call("GET", "/schemas/ids/" + id, null).status()).isEqualTo(200);
        assertThat(call("GET", versions, null).errorCode()).isEqualTo(40401);
        assertThat(call("DELETE", versions + "/1?permanent=true", null).body().asInt())
                .isEqualTo(1);
        assertThat(call("GET", "/schemas/ids/" + id, null).errorCode()).isEqualTo(40403);
        restartRegistry();

        assertThat(register("Next" + System.nanoTime(), "a")).isGreaterThan(id);
    }

    /** The records of earlier ids may be gone from the log, and others may stand there that make no sense. */
    @Test
    void shouldCountIdsFromTheEndOfItsLog() throws Exception {
        var data = folder.resolve("compacted");
        EmbeddedRegistry before = embedded;
        try (var broker = EmbeddedKafka.start(data, 0)) {
            EmbeddedRegistry.start(broker.bootstrapServers(), 0).close();
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                for (String key :
                        List.of("{\"keytype\":\"NOOP\",\"magic\":0}", "no JSON", "{\"keytype\":\"SCHEMA\"}")) {
                    producer.send(new ProducerRecord<>("_schemas", key, "{}")).get(30, TimeUnit.SECONDS);
                }
            }
            try (var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
                embedded = registry;
                assertThat(register("First", "a")).isEqualTo(4);
            }
        } finally {
            embedded = before;
        }
    }

    @Test
    void shouldAnswerThatTheBrokerIsDownAndGoOnWhenItIsBack() throws Exception {
        var data = folder.resolve("down");
        EmbeddedRegistry before = embedded;
        var broker = EmbeddedKafka.start(data, 0);
        try (var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
                var client = ConfluentSchemaRegistry.connect(
                        Map.of("schema.registry.url", registry.url().toString()))) {
            embedded = registry;
            int id = register("First", "a");
            broker.close();

            assertThat(client.schemaOf(id)).isEqualTo(record("First", "a"));
            assertThatThrownBy(() -> client.idOf(subject + "2", record("Second")))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("broker");

            broker = EmbeddedKafka.start(data, broker.port());
            await().atMost(Duration.ofMinutes(5))
                    .ignoreException(RegistryUnavailableException.class)
                    .until(() -> client.idOf(subject + "2", record("Second")) > id);
        } finally {
            embedded = before;
            broker.close();
        }
    }

    @Test
    void shouldDeleteASubjectSoftlyThenForGood() throws Exception {
        int id = register("Deleted", "a");
        String path = "/subjects/" + subject;

        assertThat(call("DELETE", path + "?permanent=true", null).errorCode()).isEqualTo(40405);
        assertThat(call("DELETE", path, null).body()).isEqualTo(JSON.readTree("[1]"));
        assertThat(call("DELETE", path, null).errorCode()).isEqualTo(40404);
        assertThat(call("GET", "/subjects", null).body().toString()).doesNotContain(subject);
        assertThat(call("GET", "/subjects?deleted=true", null).body().toString())
                .contains(subject);
        restartRegistry();
        assertThat(register("Deleted", "a")).isEqualTo(id);
        assertThat(call("GET", path + "/versions", null).body()).isEqualTo(JSON.readTree("[2]"));
        call("DELETE", path, null);
        assertThat(call("DELETE", path + "?permanent=true", null).body()).isEqualTo(JSON.readTree("[1,2]"));
        assertThat(call("DELETE", path, null).errorCode()).isEqualTo(40401);
    }

    @Test
    void shouldKeepToTheLevelOfTheSubject() throws Exception {
        String config = "/config/" + subject;
        String check = "/compatibility/subjects/" + subject + "/versions/latest?verbose=true";
        register("Levels", "a");

        assertThat(call("GET", config, null).errorCode()).isEqualTo(40408);
        assertThat(call("GET", config + "?defaultToGlobal=true", null)
                        .body()
                        .get("compatibilityLevel")
                        .asText())
                .isEqualTo("BACKWARD");
        assertThat(call("PUT", config, Map.of("compatibility", "SIDEWAYS")).errorCode())
                .isEqualTo(42203);
        // Fewer fields can read the old; more cannot, but can be read by it.
        var expected = Map.of(
                "NONE", List.of(true, true),
                "BACKWARD", List.of(true, false),
                "BACKWARD_TRANSITIVE", List.of(true, false),
                "FORWARD", List.of(false, true),
                "FORWARD_TRANSITIVE", List.of(false, true),
                "FULL", List.of(false, false),
                "FULL_TRANSITIVE", List.of(false, false));
        for (var each : expected.entrySet()) {
            call("PUT", config, Map.of("compatibility", each.getKey()));
            assertThat(call("GET", config, null)
                            .body()
                            .get("compatibilityLevel")
                            .asText())
                    .isEqualTo(each.getKey());
            assertThat(List.of(isCompatible(check, record("Levels")), isCompatible(check, record("Levels", "a", "b"))))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    @Test
    void shouldLookAtAllVersionsWhereTheLevelIsTransitive() throws Exception {
        String config = "/config/" + subject;
        String check = "/compatibility/subjects/" + subject + "/versions";
        call("PUT", config, Map.of("compatibility", "NONE"));
        register("Three");
        register("Three", "a");

        call("PUT", config, Map.of("compatibility", "BACKWARD"));
        assertThat(isCompatible(check, record("Three", "a"))).isTrue();
        call("PUT", config, Map.of("compatibility", "BACKWARD_TRANSITIVE"));
        assertThat(isCompatible(check, record("Three", "a"))).isFalse();
    }

    @Test
    void shouldAnswerOddRequestsWithTheirReason() throws Exception {
        String versions = "/subjects/" + subject + "/versions";
        Map<String, Object> body = schemaBody(record("Odd", "a"));

        assertThat(call("GET", "/nothing/here", null).status()).isEqualTo(404);
        assertThat(call("PUT", versions, body).status()).isEqualTo(404);
        assertThat(call("POST", versions, null).errorCode()).isEqualTo(42201);
        assertThat(call("POST", versions, Map.of("schema", "message A {}", "schemaType", "PROTOBUF"))
                        .body()
                        .get("message")
                        .asText())
                .contains("PROTOBUF");
        assertThat(call(
                                "POST",
                                versions,
                                Map.of(
                                        "schema",
                                        "\"string\"",
                                        "references",
                                        List.of(Map.of("name", "A", "subject", "a", "version", 1))))
                        .status())
                .isEqualTo(422);
        call("POST", versions, body);
        assertThat(call("GET", versions + "/0", null).errorCode()).isEqualTo(42202);
        assertThat(call("GET", versions + "/x", null).errorCode()).isEqualTo(42202);
        assertThat(call("POST", "/subjects/" + subject, schemaBody(record("Other")))
                        .errorCode())
                .isEqualTo(40403);
        assertThat(call("GET", "/mode", null).body().get("mode").asText()).isEqualTo("READWRITE");
    }

    @Test
    void shouldKeepSubjectsWithOddNamesApart() throws Exception {
        call("POST", "/subjects/a%2Fb%20c%2B/versions", schemaBody(record("Named", "a")));

        assertThat(call("GET", "/subjects?subjectPrefix=a%2F", null).body()).isEqualTo(JSON.readTree("[\"a/b c+\"]"));
    }

    @Test
    void shouldNameATakenPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedRegistry.start(kafka.bootstrapServers(), taken.getLocalPort()))
                    .isInstanceOf(EmbeddedRegistryException.class)
                    .hasMessageContaining(":" + taken.getLocalPort())
                    .hasMessageContaining("another port");
        }
    }

    @Test
    void shouldNotKeepSchemasInATopicThatForgets() throws Exception {
        try (var broker = EmbeddedKafka.start(folder.resolve("forgetful"), 0);
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("_schemas", Optional.of(1), Optional.empty())))
                    .all()
                    .get(30, TimeUnit.SECONDS);

            assertThatThrownBy(() -> EmbeddedRegistry.start(broker.bootstrapServers(), 0))
                    .isInstanceOf(EmbeddedRegistryException.class)
                    .hasMessageContaining("cleanup.policy");
        }
    }

    private int register(String name, String... fields) throws Exception {
        return call("POST", "/subjects/" + subject + "/versions", schemaBody(record(name, fields)))
                .body()
                .required("id")
                .asInt();
    }

    private boolean isCompatible(String path, Schema schema) throws Exception {
        return call("POST", path, schemaBody(schema))
                .body()
                .required("is_compatible")
                .asBoolean();
    }
}
