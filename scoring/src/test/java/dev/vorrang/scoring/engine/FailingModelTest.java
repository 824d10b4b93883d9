package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.TimeLimits;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models that fail or hang, in the streams on a real broker. */
class FailingModelTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MACHINES = 20;
    private static final float POISON = 666;

    @TempDir
    private static Path brokerFolder;

    private static EmbeddedKafka kafka;

    @TempDir
    private Path state;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FaultyAverages averages = new FaultyAverages();
    private final CountDownLatch release = new CountDownLatch(1);
    private String prefix;
    private Topics topics;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start(brokerFolder, 0, Traffic.BROKER_SETTINGS);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void prepare(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName()
                + Math.abs(test.getDisplayName().hashCode()) + ".";
        topics = new Topics(prefix);
    }

    @AfterEach
    void release() {
        release.countDown();
    }

    @Test
    void shouldTellOfACallThatTakesLongWhileItRunsAndScoreOnceItReturns() {
        var limits = new TimeLimits(Duration.ofMillis(300), Duration.ofMinutes(1));
        BatchFunction<MailText, MailPrediction> hanging = texts -> {
            hang();
            return Mails.predict(texts);
        };
        try (var traffic = mails(300);
                var streams = mailStreams(hanging, limits, "state")) {
            streams.start();
            await().atMost(LIMIT).until(() -> streams.health().state() == Health.State.HANGING);
            assertThat(streams.health().ready()).isFalse();
            assertThat(streams.health().live()).isTrue();
            assertThat(streams.health().problem()).hasValueSatisfying(problem -> assertThat(problem)
                    .matches("scoring \\d+ records \\(" + prefix + "mail.received-\\d@0\\.\\.\\d+.*\\) has not ended"
                            + " since .+; 300 ms are allowed"));
            await().atMost(LIMIT)
                    .until(() -> meters.get("vorrang.slow.calls").counter().count() >= 1);
            assertThat(meters.get("vorrang.call.age").gauge().value()).isGreaterThan(0.3);
            assertThat(traffic.scoredSoFar()).isZero();

            release.countDown();
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
            await().atMost(LIMIT).until(() -> streams.health().ready());
            assertThat(meters.get("vorrang.call.age").gauge().value()).isLessThan(0.3);
            assertThat(ids(traffic)).hasSize(300).doesNotHaveDuplicates();
            assertThat(traffic.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldTakeACallThatNeverReturnsForHungBeforeKafkaDoesAndCommitNothingPastIt() {
        var limits = new TimeLimits(Duration.ofMillis(500), Duration.ofSeconds(2));
        try (var traffic = mails(300)) {
            var streams = mailStreams(
                    texts -> {
                        hang();
                        return Mails.predict(texts);
                    },
                    limits,
                    "hanging");
            streams.start();
            await().atMost(LIMIT).until(() -> streams.health().state() == Health.State.FAILED);
            assertThat(streams.health().live()).isFalse();
            assertThat(streams.health().problem()).hasValueSatisfying(problem -> assertThat(problem)
                    .contains("scoring ", " records (", "is taken for one that never returns; 2000 ms are allowed"));
            assertThat(streams.close(Duration.ofMillis(100)))
                    .as("the thread cannot be ended")
                    .isFalse();

            // What the next start of the program, or another instance, does.
            try (var other = mailStreams(Mails::predict, limits, "other")) {
                other.start();
                traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
                assertThat(ids(traffic)).hasSize(300).doesNotHaveDuplicates();
            }
            // Late scores of a thread that was given up double nothing.
            release.countDown();
            assertThat(streams.close(Duration.ofSeconds(30))).isTrue();
            assertThat(ids(traffic)).hasSize(300).doesNotHaveDuplicates();
            assertThat(traffic.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldBuryTheReadingsThatMakeTheModelFailAndScoreTheRest() {
        averages.poison = POISON;
        try (var traffic = readings(50);
                var streams = machineStreams(TimeLimits.defaults())) {
            streams.start();
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));

            assertThat(traffic.read(topics.machineDeadLetters())).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.value().getStage()).isEqualTo(Stage.MODEL);
                assertThat(letter.value().getMessage()).isEqualTo("the model chokes on it");
                assertThat(letter.key()).isIn("machine-3", "machine-4");
            });
            assertThat(traffic.read(topics.machineScored())).hasSize(MACHINES * 50 - 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopWhileAModelOfMachinesIsBrokenAndLoseNothing(FaultyAverages.Fault fault) {
        averages.fault = fault;
        try (var traffic = readings(50);
                var streams = machineStreams(TimeLimits.defaults())) {
            streams.start();
            await().atMost(LIMIT).until(() -> streams.health().state() == Health.State.RETRYING);
            assertThat(streams.health().problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains(fault.message));
            int calls = averages.calls.get();
            await().atMost(LIMIT).until(() -> averages.calls.get() > calls);
            assertThat(meters.get("vorrang.batch.failures").counter().count()).isPositive();
            assertThat(traffic.read(topics.machineDeadLetters())).isEmpty();

            averages.fault = null;
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
            await().atMost(LIMIT).until(() -> streams.health().ready());
            assertThat(traffic.read(topics.machineScored()))
                    .extracting(record -> record.value().getId())
                    .hasSize(MACHINES * 50)
                    .doesNotHaveDuplicates();
            assertThat(traffic.read(topics.machineDeadLetters())).isEmpty();
        }
    }

    @Test
    void shouldTellOfAModelOfMachinesThatHangs() {
        averages.hanging = this::hang;
        try (var traffic = readings(50);
                var streams = machineStreams(new TimeLimits(Duration.ofMillis(300), Duration.ofMinutes(1)))) {
            streams.start();
            await().atMost(LIMIT).until(() -> streams.health().state() == Health.State.HANGING);
            assertThat(streams.health().problem()).hasValueSatisfying(problem -> assertThat(problem)
                    .contains(" records (" + prefix + "machine.readings-"));

            release.countDown();
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
            assertThat(traffic.read(topics.machineScored())).hasSize(MACHINES * 50);
        }
    }

    private void hang() {
        boolean interrupted = false;
        while (true) {
            try {
                release.await();
                break;
            } catch (InterruptedException e) {
                // As inside TensorFlow.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Traffic mails(int count) {
        var traffic = new Traffic(kafka.bootstrapServers(), topics);
        traffic.send(count, 20);
        return traffic;
    }

    private Traffic readings(int each) {
        var traffic = new Traffic(kafka.bootstrapServers(), topics, topics.machineReadings(), topics.machine());
        for (int machine = 0; machine < MACHINES; machine++) {
            String name = "machine-" + machine;
            for (int i = 0; i < each; i++) {
                boolean bad = i == 20 && (machine == 3 || machine == 4);
                traffic.send(
                        topics.machineReadings(),
                        name,
                        SensorReading.newBuilder()
                                .setId(name + "-" + i)
                                .setMachine(name)
                                .setTime(Instant.ofEpochSecond(i))
                                .setValues(Map.of("load", bad ? (double) POISON : i % 3))
                                .setSource("test")
                                .build());
            }
        }
        traffic.flush();
        return traffic;
    }

    private static List<String> ids(Traffic traffic) {
        return traffic.scored().stream()
                .map(ConsumerRecord::value)
                .map(score -> score.getId())
                .toList();
    }

    private ScoringStreams mailStreams(
            BatchFunction<MailText, MailPrediction> model, TimeLimits limits, String folder) {
        var stream = Mails.stream(
                topics,
                new FixedRegistry(),
                model,
                BatchSettings.defaults().withLimits(limits),
                Clock.systemUTC(),
                meters);
        return new ScoringStreams(stream, settings(folder));
    }

    private ScoringStreams machineStreams(TimeLimits limits) {
        var stream = MachineScoringProgram.stream(
                topics, averages, meters, BatchSettings.defaults().withLimits(limits));
        return new ScoringStreams(stream, settings("state"));
    }

    /** Kafka gives a thread up soon, but later than the limits. */
    private StreamsSettings settings(String folder) {
        var settings = ScoringProgram.settings(kafka.bootstrapServers(), prefix, state.resolve(folder));
        var kafkas = new HashMap<>(settings.kafka());
        kafkas.put("max.poll.interval.ms", folder.equals("state") ? "300000" : "4000");
        return settings.withKafka(kafkas);
    }
}
