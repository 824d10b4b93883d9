package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MachineStatus;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code vorrang run} and Mosquitto, which are killed in turn while machines send: whatever is delivered again is scored once, and
 * nothing is late. For a longer run: {@code -Dvorrang.redelivery.readings=100000 -Dvorrang.redelivery.kills=20}.
 */
class MosquittoRedeliveryTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int READINGS = Integer.getInteger("vorrang.redelivery.readings", 6_000);
    private static final int KILLS = Integer.getInteger("vorrang.redelivery.kills", 2);

    /** Of so many kills one is of Mosquitto, too. */
    private static final int MOSQUITTO_TOO = 2;

    private static final int MACHINES = 2;
    private static final int PER_SECOND = 2_000;
    private static final int UNDER_WAY = 500;
    private static final int RECEIVE_MAXIMUM = 1_000;

    @TempDir
    Path folder;

    private final Topics topics = new Topics("");
    private final Instant start = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    private MosquittoProcess mosquitto;
    private int sent;

    @Test
    void shouldScoreEachReadingOnceAndNoneLateAfterKills() throws Exception {
        try (var broker = MosquittoProcess.start(folder.resolve("mosquitto"), PlantTraffic.freePort())) {
            mosquitto = broker;
            Path config = PlantTraffic.config(folder, mosquitto.port(), RECEIVE_MAXIMUM);
            for (int kill = 1; kill <= KILLS; kill++) {
                try (var run = started(config)) {
                    if (kill == 1) {
                        awaitSession();
                    }
                    long scored = scored();
                    int first = sent;
                    send(READINGS / 2 / KILLS);
                    await("new scores").atMost(LIMIT).until(() -> scored() > scored);
                    if (kill % MOSQUITTO_TOO == 0) {
                        mosquitto.killAfter(() -> {});
                        // What the publisher cannot know to be saved it sends again.
                        sent = first;
                        send(READINGS / 2 / KILLS);
                    }
                    run.signal("KILL");
                    run.exitCode(LIMIT);
                }
                // The session keeps what is sent while nobody reads.
                send(READINGS / 2 / KILLS);
            }
            try (var last = started(config)) {
                send(Math.max(0, READINGS - sent));
                await("all scores")
                        .atMost(LIMIT)
                        .pollInterval(Duration.ofSeconds(2))
                        .until(() -> scored() >= sent);
                check();
                assertThat(last.runs()).isTrue();
            }
        }
    }

    private void check() {
        List<SensorReading> readings = TopicReader.all(data(), topics.machineReadings());
        List<MachineScore> scores = TopicReader.all(data(), topics.machineScored());
        long late = scores.stream()
                .filter(score -> score.getStatus() == MachineStatus.LATE || score.getStatus() == MachineStatus.AHEAD)
                .count();
        System.out.printf(
                "%d readings, %d kills: %d delivered again, %d scores, %d of them late or ahead%n",
                sent, KILLS, readings.size() - sent, scores.size(), late);
        assertThat(readings.stream().map(SensorReading::getId).distinct()).hasSize(sent);
        assertThat(scores)
                .extracting(MachineScore::getId)
                .doesNotHaveDuplicates()
                .hasSize(sent);
        assertThat(late).as("scores that are late or ahead").isZero();
        assertThat(TopicReader.all(data(), topics.machineDeadLetters())).isEmpty();
    }

    private VorrangProcess started(Path config) throws IOException {
        var run = VorrangProcess.start(folder, "run", "--config", config.toString());
        await("ready").atMost(LIMIT).until(() -> run.err().contains("ready") || !run.runs());
        assertThat(run.err()).contains("ready");
        return run;
    }

    /** Nobody keeps what is sent before the session is there. */
    private void awaitSession() {
        await("a first score")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    sent = 0;
                    send(MACHINES);
                    return scored() >= MACHINES;
                });
    }

    private long scored() {
        return TopicReader.all(data(), topics.machineScored()).stream()
                .map(MachineScore::getId)
                .distinct()
                .count();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void send(int count) {
        Mqtt5AsyncClient client = PlantTraffic.client(mosquitto.port(), "machines");
        var underWay = new CompletableFuture<?>[UNDER_WAY];
        for (int i = 0; i < count; i++) {
            int slot = i % UNDER_WAY;
            if (underWay[slot] != null) {
                underWay[slot].join();
            }
            underWay[slot] = PlantTraffic.send(client, start, sent++, MACHINES);
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
        }
        for (CompletableFuture<?> each : underWay) {
            if (each != null) {
                each.join();
            }
        }
        client.disconnect().join();
    }
}
