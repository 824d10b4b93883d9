package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is absent at the start, or goes away in the middle. */
class StartTest {

    private static final String PREFIX = "start.";

    @TempDir
    private Path folder;

    @Test
    void shouldWaitForTheBrokerAndGoOnWhenItComesBack() throws Exception {
        int port = freePort();
        var settings = ScoringProgram.settings("127.0.0.1:" + port, PREFIX, folder.resolve("state"));
        try (var streams = streams(settings)) {
            var started = CompletableFuture.runAsync(streams::start);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> streams.health().problem().isPresent());
            assertThat(streams.health().state()).isEqualTo(Health.State.STARTING);
            assertThat(streams.health().problem().orElseThrow()).contains("no answer from Kafka at 127.0.0.1:" + port);

            try (var kafka = broker(port);
                    var traffic = new Traffic(kafka.bootstrapServers(), new Topics(PREFIX))) {
                started.get(60, TimeUnit.SECONDS);
                traffic.send(200, 20);
                traffic.awaitAllCommitted(settings.applicationId());
            }
            try (var kafka = broker(port);
                    var traffic = new Traffic(kafka.bootstrapServers(), new Topics(PREFIX))) {
                traffic.send(200, 20);
                traffic.awaitAllCommitted(settings.applicationId());

                assertThat(traffic.scored()).hasSize(400);
                assertThat(traffic.deadLetters()).isEmpty();
            }
        }
    }

    @Test
    void shouldNameTheTopicsThatAreAbsentWhenNoneAreToBeCreated() {
        try (var kafka = broker(0)) {
            var settings = StreamsSettings.of(kafka.bootstrapServers(), "absent", folder.resolve("state"))
                    .withTopics(new TopicCreation(false, 1, (short) 1));
            try (var streams = streams(settings)) {
                assertThatThrownBy(streams::start)
                        .isInstanceOf(MissingTopicException.class)
                        .hasMessageContaining("[start.mail.dead-letters, start.mail.received, start.mail.route.support,"
                                + " start.mail.scored]");
                assertThat(streams.health().state()).isEqualTo(Health.State.FAILED);
                assertThat(streams.health().problem().orElseThrow()).contains("start.mail.received");
            }
        }
    }

    @Test
    void shouldEndTheWaitForTheBrokerWhenClosed() throws Exception {
        var streams = streams(StreamsSettings.of("127.0.0.1:" + freePort(), "never", folder.resolve("state")));
        var started = CompletableFuture.runAsync(streams::start);
        await().atMost(Duration.ofMinutes(2)).until(() -> streams.health().state() == Health.State.STARTING);

        streams.close();

        started.get(20, TimeUnit.SECONDS);
        assertThat(streams.health().state()).isEqualTo(Health.State.STOPPED);
    }

    @Test
    void shouldRefuseAStateFolderThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        var streams = streams(StreamsSettings.of("127.0.0.1:1", "unwritable", file.resolve("state")));

        assertThatThrownBy(streams::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("state folder " + file.resolve("state") + " cannot be written");
        assertThat(streams.health().live()).isFalse();
    }

    @Test
    void shouldRefuseAStateFolderOnAFullDisk() {
        assertThatThrownBy(() -> StateFolder.prepare(folder, Long.MAX_VALUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("state folder " + folder)
                .hasMessageContaining("of disk left");
    }

    private static ScoringStreams streams(StreamsSettings settings) {
        var stream = Mails.stream(
                new Topics(PREFIX), new FixedRegistry(), Mails::predict, BatchSettings.defaults(), Clock.systemUTC());
        return new ScoringStreams(stream, settings);
    }

    private EmbeddedKafka broker(int port) {
        return EmbeddedKafka.start(folder.resolve("broker"), port, Traffic.BROKER_SETTINGS);
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
