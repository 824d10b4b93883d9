package dev.vorrang.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.registry.SchemaRejectedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What our client, and others, may expect of a registry over HTTP. */
abstract class HttpRegistryContract extends RegistryContract {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer: HTTP status and body. */
    record Answer(int status, JsonNode body) {

        int errorCode() {
            return body.path("error_code").asInt();
        }
    }

    final Answer call(String method, String path, Object body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    static Map<String, Object> schemaBody(Schema schema) {
        return Map.of("schema", schema.toString());
    }

    @Test
    void shouldRefuseASchemaThatIsNotCompatible() throws Exception {
        try (var registry = connect()) {
            registry.idOf(subject, record("Growing", "a"));
            call("PUT", "/config/" + subject, Map.of("compatibility", "BACKWARD"));

            assertThatThrownBy(() -> registry.idOf(subject, record("Growing", "a", "b")))
                    .isInstanceOf(SchemaRejectedException.class)
                    .hasMessageContaining(subject)
                    .hasMessageContaining("contract.Growing");
            assertThat(registry.idOf(subject, record("Growing"))).isPositive();
        }
    }

    @Test
    void shouldRefuseWhatIsNoAvro() throws Exception {
        Answer answer = call("POST", "/subjects/" + subject + "/versions", Map.of("schema", "{\"type\":\"nonsense\"}"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errorCode()).isEqualTo(42201);
    }

    @Test
    void shouldGiveOneIdToManyAtOnce() {
        Schema schema = record("Contested" + System.nanoTime(), "x");

        List<Integer> ids = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> {
                    try (var registry = connect()) {
                        return registry.idOf(subject + i % 4, schema);
                    }
                })
                .distinct()
                .toList();

        assertThat(ids).hasSize(1);
    }

    @Test
    void shouldSayThatTheAddressIsNoRegistry() {
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", url() + "/no/such/place"))) {
            assertThatThrownBy(() -> registry.schemaOf(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("schema.registry.url");
        }
    }

    @Test
    void shouldAnswerWithTheNumbersOfVersionsAndErrors() throws Exception {
        String versions = "/subjects/" + subject + "/versions";
        int id = call("POST", versions, schemaBody(record("Listed", "a")))
                .body()
                .get("id")
                .asInt();

        assertThat(call("GET", versions, null).body()).isEqualTo(JSON.readTree("[1]"));
        JsonNode latest = call("GET", versions + "/latest", null).body();
        assertThat(latest.get("subject").asText()).isEqualTo(subject);
        assertThat(latest.get("version").asInt()).isEqualTo(1);
        assertThat(latest.get("id").asInt()).isEqualTo(id);
        assertThat(JSON.readTree(latest.get("schema").asText()).get("name").asText())
                .isEqualTo("Listed");
        assertThat(call("POST", "/subjects/" + subject, schemaBody(record("Listed", "a")))
                        .body()
                        .get("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(call("GET", versions + "/7", null).errorCode()).isEqualTo(40402);
        assertThat(call("GET", "/subjects/nobody/versions", null).errorCode()).isEqualTo(40401);
        assertThat(call("GET", "/schemas/ids/87654321", null).errorCode()).isEqualTo(40403);
        assertThat(call("GET", "/schemas/types", null).body().toString()).contains("AVRO");
    }
}
