package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vorrang demo} as a whole. */
class DemoProcessTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int MAILS = 68;
    /** Of 24 articles on 28 days. */
    private static final int FORECASTS = 672;

    @TempDir
    Path temporary;

    @Test
    void shouldScoreEveryMailAndPutTheEmergencyFirst() throws Exception {
        try (var demo = VorrangProcess.start(temporary, "demo", "--once", "--json", "--speed", "20")) {
            assertThat(demo.exitCode(LIMIT)).as(demo.err()).isZero();

            var lines = demo.out().stream().map(DemoProcessTest::json).toList();
            var scores =
                    lines.stream().filter(line -> line.has("priorityScore")).toList();
            assertThat(scores)
                    .hasSize(MAILS)
                    .extracting(score -> text(score, "id"))
                    .doesNotHaveDuplicates();
            var first = scores.stream()
                    .max(Comparator.comparingDouble(
                            score -> score.get("priorityScore").asDouble()))
                    .orElseThrow();
            assertThat(text(first, "thread")).startsWith("emergency@");
            assertThat(text(first, "priority")).isEqualTo("URGENT");
            assertThat(scores)
                    .filteredOn(score -> text(score, "automatic").equals("LIST"))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(score -> assertThat(text(score, "priority")).isEqualTo("LOW"));
            var raised = lines.stream()
                    .filter(line ->
                            line.has("machine") && line.path("state").asText().equals("RAISED"))
                    .toList();
            assertThat(raised)
                    .extracting(alert -> text(alert, "machine") + " " + text(alert, "kind"))
                    .containsExactlyInAnyOrder("pump-3 ANOMALY", "press-5 STUCK_SENSOR");
            assertThat(raised)
                    .filteredOn(alert -> text(alert, "machine").equals("press-5"))
                    .allSatisfy(alert -> assertThat(alert.get("sensors").fieldNames())
                            .toIterable()
                            .containsExactly("oil_pressure"));
            assertThat(raised)
                    .filteredOn(alert -> text(alert, "machine").equals("pump-3"))
                    .allSatisfy(alert -> assertThat(
                                    alert.get("sensors").get("vibration").asDouble())
                            .isGreaterThan(0.5));
            assertThat(lines)
                    .as("cleared while it lasts")
                    .noneMatch(line ->
                            line.has("machine") && line.path("state").asText().equals("CLEARED"));
            assertThat(lines.stream().filter(line -> line.has("steps")))
                    .as("forecasts")
                    .hasSize(FORECASTS);
            assertThat(lines.stream()
                            .filter(line -> line.has("item")
                                    && line.path("state").asText().equals("RAISED"))
                            .map(alert -> text(alert, "item") + " " + text(alert, "kind")))
                    .contains(
                            "temperature-probe SURGE",
                            "strip-curtain STOP",
                            "filter-drier LEVEL_SHIFT",
                            "fan-motor STOCKOUT_AHEAD");
            assertThat(lines.stream().filter(line -> line.has("sink")))
                    .as("actions")
                    .extracting(line -> text(line, "name"))
                    .contains("call-service")
                    .containsOnlyOnce("light-lamp");
            assertThat(files()).as("what is left behind").noneMatch(name -> name.startsWith("vorrang-demo-"));
        }
    }

    @Test
    void shouldLetOtherProgramsReadItsTopicsAndEndAtCtrlC() throws Exception {
        try (var demo = VorrangProcess.start(temporary, "demo", "--json", "--speed", "20")) {
            await().atMost(LIMIT)
                    .until(() -> demo.out().stream()
                                            .filter(line -> line.contains("priorityScore"))
                                            .count()
                                    == MAILS
                            || !demo.runs());
            var broker = demo.told("broker +(127\\.0\\.0\\.1:\\d+)");
            var registry = demo.told("registry +(http://\\S+)");

            var topics = new Topics("");
            var received = TopicReader.all(broker, registry, topics.mailReceived());
            assertThat(received).hasSize(MAILS);
            assertThat(TopicReader.all(broker, registry, topics.mailScored()))
                    .extracting(MailScore::getId)
                    .containsExactlyInAnyOrderElementsOf(
                            received.stream().map(EmailMessage::getId).toList());
            assertThat(TopicReader.all(broker, registry, topics.mailRoute("urgent")))
                    .isNotEmpty();
            assertThat(TopicReader.all(broker, registry, topics.mailDeadLetters()))
                    .isEmpty();

            assertThat(log()).as("log").contains("INFO").doesNotContain("a.audit");

            demo.signal("INT");

            assertThat(demo.exitCode(Duration.ofMinutes(1))).isEqualTo(130);
            assertThat(files()).as("what is left behind").noneMatch(name -> name.startsWith("vorrang-demo-"));
        }
    }

    @Test
    void shouldNameAPortThatIsTaken() throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                var demo = VorrangProcess.start(
                        temporary, "demo", "--once", "--broker-port", Integer.toString(taken.getLocalPort()))) {
            assertThat(demo.exitCode(LIMIT)).isEqualTo(1);
            assertThat(demo.err()).contains("port " + taken.getLocalPort()).doesNotContain("\tat ");
            assertThat(demo.out()).isEmpty();
        }
    }

    @Test
    void shouldNameAModelThatIsNotThere() throws Exception {
        try (var demo = VorrangProcess.start(temporary, "demo", "--once", "--model", "no/such/model")) {
            assertThat(demo.exitCode(LIMIT)).isEqualTo(2);
            assertThat(demo.err()).contains("no/such/model").doesNotContain("\tat ");
        }
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    private static String text(JsonNode score, String field) {
        return score.get(field).asText();
    }

    private String log() throws IOException {
        try (var files = Files.newDirectoryStream(temporary, "vorrang-demo-*.log")) {
            return Files.readString(files.iterator().next());
        }
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
