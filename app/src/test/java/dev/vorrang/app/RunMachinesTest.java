package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.embedded.mqtt.EmbeddedMqtt;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.metrics.Metric;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vorrang run} with machines that send over MQTT while it is killed. */
class RunMachinesTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** More with {@code -Dvorrang.kill.messages=100000}. */
    private static final int MESSAGES = Integer.getInteger("vorrang.kill.messages", 8_000);

    private static final int KILLS = 2;
    private static final int PER_SECOND = 1_000;
    private static final int PER_TICK = 10;
    private static final int RECEIVE_MAXIMUM = 200;
    private static final int MACHINES = 5;
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000L);
    private static final String SCORED = "readings scored";

    @TempDir
    Path folder;

    @Test
    void shouldLoseNoReadingWhenItIsKilledAgainAndAgain() throws Exception {
        var timer = Executors.newSingleThreadScheduledExecutor();
        try (var mqtt = EmbeddedMqtt.start(folder.resolve("mqtt"), 0)) {
            var config = PlantTraffic.config(folder, mqtt.port(), RECEIVE_MAXIMUM);
            var published = new AtomicInteger();
            for (int kill = 0; kill < KILLS; kill++) {
                try (var run = VorrangProcess.start(folder, "run", "--config", config.toString())) {
                    awaitTold(run, "ready");
                    if (kill == 0) {
                        // The session is there from now on: what is sent while the program is down waits for it.
                        awaitFirstScored(run, mqtt, published);
                        publish(mqtt, timer, published);
                    }
                    int until = MESSAGES * (kill + 1) / (KILLS + 1);
                    await().atMost(Duration.ofMinutes(10)).until(() -> published.get() >= until);
                    run.signal("KILL");
                    run.exitCode(LIMIT);
                }
            }
            try (var run = VorrangProcess.start(folder, "run", "--config", config.toString())) {
                awaitTold(run, "ready");
                var data = folder.resolve("data");
                var topics = new Topics("");
                await().atMost(Duration.ofMinutes(10)).until(() -> published.get() >= MESSAGES);
                await().atMost(LIMIT).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(
                                TopicReader.all(data, topics.machineScored()).stream()
                                        .map(MachineScore::getId)
                                        .distinct()
                                        .count())
                        .isGreaterThanOrEqualTo(MESSAGES));

                List<SensorReading> readings = TopicReader.all(data, topics.machineReadings());
                long distinct = readings.stream()
                        .map(reading -> reading.getValues().get("number"))
                        .distinct()
                        .count();
                System.out.printf(
                        "%d messages, %d kills: %d lost, %d readings came twice%n",
                        MESSAGES, KILLS, MESSAGES - distinct, readings.size() - distinct);
                assertThat(distinct).as("readings").isEqualTo(MESSAGES);
                assertThat(readings.size() - distinct)
                        .as("that came twice")
                        .isLessThanOrEqualTo((long) KILLS * RECEIVE_MAXIMUM);
                assertThat(TopicReader.all(data, topics.machineScored()))
                        .extracting(MachineScore::getId)
                        .as("scores")
                        .doesNotHaveDuplicates()
                        .hasSize(MESSAGES);
                assertThat(TopicReader.all(data, topics.machineDeadLetters())).isEmpty();
                assertThatMetricsAreDocumented(run.told("metrics +(http://\\S+)"));
                run.signal("TERM");
                assertThat(run.exitCode(LIMIT)).isEqualTo(143);
            }
        } finally {
            timer.shutdownNow();
        }
    }

    private static void assertThatMetricsAreDocumented(String url) throws Exception {
        var lines = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> !line.startsWith("#"))
                .toList();
        var documented = new HashSet<>(ProgramMetrics.meanings().keySet());
        Stream.of(Metric.values()).map(Metric::prometheusName).forEach(documented::add);

        assertThat(lines.stream()
                        .map(line -> line.split("[ {]")[0])
                        .filter(name -> !documented.contains(name.replaceAll("_(bucket|count|sum|max)$", "")))
                        .filter(name -> !documented.contains(name)))
                .isEmpty();
        assertThat(lines)
                .anyMatch(line -> line.startsWith("kafka_stream_thread_commit_latency_avg{")
                        && line.contains("\"vorrang-machine-StreamThread-"))
                .anyMatch(line -> line.startsWith("vorrang_source_up{source=\"hall\"} 1"))
                .noneMatch(line -> line.startsWith("vorrang_scored_records") || line.startsWith("vorrang_abstained"))
                .noneMatch(line -> line.contains("topic=") || line.contains("partition="));
    }

    private static void awaitTold(VorrangProcess run, String text) {
        await().atMost(LIMIT).until(() -> run.err().contains(text) || !run.runs());
        assertThat(run.err()).contains(text);
    }

    /** Sends the first message again and again until the program tells that it scored it: nobody keeps what is sent before the session is there. */
    private static void awaitFirstScored(VorrangProcess run, EmbeddedMqtt mqtt, AtomicInteger published) {
        Mqtt5AsyncClient client = PlantTraffic.client(mqtt.port(), "first");
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> {
            PlantTraffic.send(client, START, 0, MACHINES).join();
            return run.err().contains(SCORED) || !run.runs();
        });
        client.disconnect().join();
        assertThat(run.err()).contains(SCORED);
        published.set(1);
    }

    private static void publish(EmbeddedMqtt mqtt, ScheduledExecutorService timer, AtomicInteger published) {
        Mqtt5AsyncClient client = PlantTraffic.client(mqtt.port(), "machines");
        timer.scheduleAtFixedRate(
                () -> {
                    CompletableFuture<?> last = CompletableFuture.completedFuture(null);
                    int next = published.get();
                    int end = Math.min(MESSAGES, next + PER_TICK);
                    for (int number = next; number < end; number++) {
                        last = PlantTraffic.send(client, START, number, MACHINES);
                    }
                    last.join();
                    published.set(end);
                },
                0,
                1_000L * PER_TICK / PER_SECOND,
                TimeUnit.MILLISECONDS);
    }
}
