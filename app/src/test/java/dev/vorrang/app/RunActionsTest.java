package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.stream.TopicWriter;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.embedded.http.HttpAnswer;
import dev.vorrang.embedded.http.HttpEndpoint;
import dev.vorrang.embedded.mqtt.EmbeddedMqtt;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.mail.MailActions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vorrang run} that acts on scored mails by a webhook, and is killed in between. */
class RunActionsTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String DESK = "plant/press/acknowledge";
    private static final Topics TOPICS = new Topics("");

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    @Test
    void shouldActOnEachMailThoughItIsKilledAndEndWhenItIsAcknowledgedByLinkOrAtTheMachine() throws Exception {
        try (var plant = EmbeddedMqtt.start(folder.resolve("plant"), 0);
                var webhook = HttpEndpoint.startForProvenRequests(
                        "webhook", new InetSocketAddress("127.0.0.1", 0), Set.of("POST"), call -> take(call.body()))) {
            int deskPort = PlantTraffic.freePort();
            Path config = config(webhook.url(), deskPort, plant.port());
            try (var run = VorrangProcess.start(folder, "run", "--config", config.toString())) {
                awaitTold(run, "ready");
                send(config, 0, 50);
                await().atMost(LIMIT).until(() -> requests.size() >= 20);
                run.signal("KILL");
                run.exitCode(LIMIT);
            }
            try (var run = VorrangProcess.start(folder, "run", "--config", config.toString())) {
                awaitTold(run, "ready");
                send(config, 25, 100);
                await().atMost(LIMIT).until(() -> ids().size() >= 100);
                Path data = folder.resolve("data");

                List<Action> actions = TopicReader.all(data, TOPICS.actions("pager"));
                assertThat(actions)
                        .extracting(Action::getRecord)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, 100).mapToObj(i -> "m" + i).toList());
                assertThat(ids())
                        .containsExactlyInAnyOrderElementsOf(
                                actions.stream().map(Action::getId).toList());
                acknowledge(actions.get(0));
                publish(
                        plant.port(),
                        "{\"record\":\"%s\",\"stream\":\"mail\"}"
                                .formatted(actions.get(1).getRecord()));
                publish(
                        plant.port(),
                        "{\"acknowledge\":\"%s\"}".formatted(actions.get(2).getAcknowledge()));
                publish(plant.port(), "nonsense");
                test(config);
                await().atMost(LIMIT).untilAsserted(() -> assertThat(TopicReader.all(data, TOPICS.deskState()))
                        .extracting(DeskState::getRecord, DeskState::getAcknowledgedBy)
                        .containsExactlyInAnyOrder(
                                tuple(actions.get(0).getRecord(), "anna"),
                                tuple(actions.get(1).getRecord(), DESK),
                                tuple(actions.get(2).getRecord(), "mqtt")));
                await().atMost(LIMIT).untilAsserted(() -> assertThat(TopicReader.all(data, TOPICS.actionsUndecided()))
                        .extracting(letter -> letter.getPosition().getTopic())
                        .containsExactly("mqtt://127.0.0.1:" + plant.port() + "/" + DESK));
                assertThat(run.err()).contains("sink").contains("pager: http");
                run.signal("TERM");
                assertThat(run.exitCode(LIMIT)).isEqualTo(143);
            }
        }
    }

    private HttpAnswer take(byte[] body) {
        try {
            requests.add(json.readTree(body));
            return HttpAnswer.text(200, "ok");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> ids() {
        return requests.stream().map(request -> request.path("id").asText()).collect(Collectors.toSet());
    }

    private Path config(URI webhook, int deskPort, int plantPort) throws IOException {
        Path file = folder.resolve("vorrang.yaml");
        Files.writeString(file, """
                data: %s
                kafka: {port: %d}
                registry: {port: %d}
                metrics: {port: 0}
                console: {port: 0}
                ingest: {mode: external}
                streams: {mail: {enabled: false}}
                actions:
                  start: earliest
                  acknowledge:
                    port: %d
                    url: "http://127.0.0.1:%d"
                    mqtt:
                      settings: {mqtt.host: 127.0.0.1, mqtt.port: %d, mqtt.security: none, mqtt.filters: plant/+/acknowledge}
                  rules:
                    - name: page
                      stream: mail
                      when: priority == "URGENT"
                      sink: pager
                      escalate: [{after: 1h, sink: pager}]
                sinks:
                  - name: pager
                    connector: http
                    settings:
                      http.url: %s
                      http.security: none
                """.formatted(
                        folder.resolve("data"),
                        PlantTraffic.freePort(),
                        PlantTraffic.freePort(),
                        deskPort,
                        deskPort,
                        plantPort,
                        webhook));
        return file;
    }

    private static void send(Path config, int from, int to) {
        var settings = Settings.load(StreamKits.SETTINGS, config, Map.of());
        var sample = MailActions.source(TOPICS).sample().apply(Instant.now());
        try (var writer = TopicWriter.open(settings, TOPICS.mailScored())) {
            for (int i = from; i < to; i++) {
                writer.send(
                        "thread-" + i % 7,
                        MailScore.newBuilder(sample).setId("m" + i).build());
            }
        }
    }

    /** A test reaches the target. */
    private void test(Path config) throws Exception {
        try (var test = VorrangProcess.start(folder, "actions", "test", "--config", config.toString(), "--send")) {
            assertThat(test.exitCode(LIMIT)).as(test.err()).isZero();
            String id = test.out().stream()
                    .filter(line -> line.contains("sent"))
                    .map(line -> line.strip().split(" +")[1])
                    .findFirst()
                    .orElseThrow();
            await().atMost(LIMIT).until(() -> ids().contains(id));
        }
    }

    private static void acknowledge(Action action) throws Exception {
        var client = HttpClient.newHttpClient();
        var link = HttpRequest.newBuilder(URI.create(action.getAcknowledge()));
        assertThat(client.send(link.build(), BodyHandlers.ofString()).body()).contains("Acknowledge?");
        var button = link.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("who=anna"));
        assertThat(client.send(button.build(), BodyHandlers.ofString()).body()).contains("Acknowledged");
    }

    /** As a panel at a machine does it. */
    private static void publish(int port, String payload) {
        var client = PlantTraffic.client(port, "panel");
        client.publishWith()
                .topic(DESK)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send()
                .join();
        client.disconnect().join();
    }

    private static void awaitTold(VorrangProcess run, String text) {
        await().atMost(LIMIT).until(() -> run.err().contains(text) || !run.runs());
        assertThat(run.err()).contains(text);
    }
}
