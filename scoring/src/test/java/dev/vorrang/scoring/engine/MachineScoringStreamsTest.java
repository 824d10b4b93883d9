package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.machine.Averages;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineState;
import dev.vorrang.scoring.machine.Readings;
import dev.vorrang.scoring.machine.StepResult;
import dev.vorrang.scoring.machine.StepScorer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
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

/** The machine stream on a real broker: whatever happens, it says of each machine what one that was never interrupted says. */
class MachineScoringStreamsTest {

    private static final int MACHINES = 40;
    private static final Position NOWHERE = new Position("", 0, 0L);

    @TempDir
    private static Path brokerFolder;

    private static EmbeddedKafka kafka;

    @TempDir
    private Path state;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private String prefix;
    private Topics topics;
    private Traffic traffic;

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
        traffic = new Traffic(kafka.bootstrapServers(), topics, topics.machineReadings(), topics.machine());
    }

    @AfterEach
    void closeTraffic() {
        traffic.close();
    }

    @Test
    void shouldSayTheSameWhenKilledInTheMiddle() throws Exception {
        var sent = send(300);
        var log = state.resolve("program.log").toFile();
        for (int kill = 1; kill <= 2; kill++) {
            long target = traffic.sizeOf(topics.machineScored()) + 2_000;
            var program = MachineScoringProgram.launch(kafka.bootstrapServers(), prefix, state.resolve("state"), log);
            try {
                await().atMost(Duration.ofMinutes(2)).until(() -> traffic.sizeOf(topics.machineScored()) >= target);
            } finally {
                program.destroyForcibly().waitFor();
            }
        }
        assertThat(traffic.read(topics.machineScored()))
                .as("killed in the middle")
                .hasSizeLessThan(MACHINES * 250);
        var program = MachineScoringProgram.launch(kafka.bootstrapServers(), prefix, state.resolve("state"), log);
        try {
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
            program.destroy();
            assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }

        var expected = uninterrupted(sent);
        assertThat(scores()).isEqualTo(expected.scores());
        assertThat(alerts()).isEqualTo(expected.alerts());
        assertThat(expected.alerts().values())
                .anySatisfy(changes -> assertThat(changes).hasSizeGreaterThan(1));
        assertThat(traffic.read(topics.machineDeadLetters())).isEmpty();
    }

    @Test
    void shouldSayTheSameWhenInstancesComeAndGo() {
        var sent = send(200);
        try (var first = streams(Guarantee.EXACTLY_ONCE, "first")) {
            first.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> traffic.sizeOf(topics.machineScored()) > 0);
            try (var second = streams(Guarantee.EXACTLY_ONCE, "second")) {
                second.start();
                sendMore(sent, 200);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> second.health().ready());
                sendMore(sent, 100);
            }
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
        }

        var expected = uninterrupted(sent);
        assertThat(scores()).isEqualTo(expected.scores());
        assertThat(alerts()).isEqualTo(expected.alerts());
    }

    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void shouldSayTheSameAfterARestartWithoutItsFolder(Guarantee guarantee) {
        var sent = send(100);
        try (var streams = streams(guarantee, "first")) {
            streams.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> traffic.sizeOf(topics.machineScored()) > 1_000);
        }
        sendMore(sent, 100);
        try (var streams = streams(guarantee, "other")) {
            streams.start();
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
        }

        var expected = uninterrupted(sent);
        assertThat(distinct(scores())).isEqualTo(distinct(expected.scores()));
        double readings = sent.values().stream().mapToInt(List::size).sum();
        double bytes = meters.get("vorrang.state.written").counter().count();
        assertThat(bytes / readings).as("bytes of state for each reading").isLessThan(600);
    }

    @Test
    void shouldBuryWhatIsNoReading() {
        traffic.send("press-1", "rubbish".getBytes(StandardCharsets.UTF_8));
        traffic.send(
                topics.machineReadings(),
                "another",
                Readings.of("press-2", 1, 1).get(0));
        traffic.send(
                topics.machineReadings(),
                "press-3",
                Readings.of("press-3", 1, 1).get(0));
        traffic.send(topics.machineReadings(), "press-4", null);
        traffic.flush();
        try (var streams = streams(Guarantee.EXACTLY_ONCE, "state")) {
            streams.start();
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
        }

        assertThat(traffic.read(topics.machineScored()))
                .extracting(ConsumerRecord::key)
                .containsExactly("press-3");
        assertThat(traffic.read(topics.machineDeadLetters()))
                .hasSize(3)
                .allSatisfy(letter -> assertThat(letter.value().getStage()).isEqualTo(Stage.DECODE))
                .anySatisfy(letter -> assertThat(letter.value().getMessage()).contains("'another'", "'press-2'"));
    }

    @Test
    void shouldRaiseNothingInMaintenance() {
        try (var streams = streams(Guarantee.EXACTLY_ONCE, "state")) {
            streams.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> streams.health().ready());
            traffic.send(
                    topics.machineMaintenance(),
                    "machine-0",
                    Maintenance.newBuilder()
                            .setMachine("machine-0")
                            .setFrom(Instant.EPOCH.minus(Duration.ofDays(1)))
                            .setUntil(null)
                            .build());
            traffic.flush();
            var readings = new AtomicInteger();
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                // One of its own each time: the first may be scored before the maintenance is known, and is not scored
                // again.
                sendBefore("machine-0", readings.getAndIncrement());
                assertThat(traffic.read(topics.machineScored()))
                        .anyMatch(record -> record.value().getMaintenance());
            });
            var sent = send(300);
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
            assertThat(alerts()).doesNotContainKey("machine-0");
            assertThat(uninterrupted(sent).alerts()).containsKey("machine-0");
        }
    }

    /** A reading from the hour before those of {@link #send}, each later than the one before it. */
    private void sendBefore(String machine, int number) {
        var first = Readings.of(machine, 7, 1).get(0);
        traffic.send(
                topics.machineReadings(),
                machine,
                SensorReading.newBuilder(first)
                        .setId(first.getId() + "-" + number)
                        .setTime(first.getTime().minusSeconds(3600).plusMillis(number))
                        .build());
        traffic.flush();
    }

    private Map<String, List<SensorReading>> send(int each) {
        var sent = new LinkedHashMap<String, List<SensorReading>>();
        for (int machine = 0; machine < MACHINES; machine++) {
            sent.put("machine-" + machine, new ArrayList<>());
        }
        sendMore(sent, each);
        return sent;
    }

    /** The readings of all machines, one machine after the other in turn. */
    private void sendMore(Map<String, List<SensorReading>> sent, int each) {
        var readings = new LinkedHashMap<String, List<SensorReading>>();
        sent.forEach((machine, before) -> {
            var all = Readings.of(machine, machine.hashCode(), before.size() + each);
            readings.put(machine, all.subList(before.size(), all.size()));
        });
        for (int i = 0; i < each; i++) {
            for (var machine : readings.entrySet()) {
                SensorReading reading = machine.getValue().get(i);
                traffic.send(topics.machineReadings(), machine.getKey(), reading);
                sent.get(machine.getKey()).add(reading);
            }
        }
        traffic.flush();
    }

    private record Said(Map<String, List<MachineScore>> scores, Map<String, List<MachineAlert>> alerts) {}

    private static Said uninterrupted(Map<String, List<SensorReading>> sent) {
        var said = new Said(new LinkedHashMap<>(), new LinkedHashMap<>());
        List<MachineModel> models = List.of(new Averages());
        var scorer = new StepScorer(models, BatchSettings.defaults());
        sent.forEach((machine, readings) -> {
            var straight = new MachineState(machine, MachineScoringProgram.SETTINGS, models);
            for (SensorReading reading : readings) {
                straight.accept(reading).ifPresent(pending -> {
                    var outcome = scorer.predict(List.of(pending.inputs())).get(0);
                    var prediction = ((Outcome.Scored<Prediction<List<float[]>>>) outcome).score();
                    StepResult concluded = straight.conclude(pending, prediction, NOWHERE, Instant.EPOCH);
                    said.scores()
                            .computeIfAbsent(machine, any -> new ArrayList<>())
                            .add(concluded.score());
                    concluded.alerts().forEach(alert -> said.alerts()
                            .computeIfAbsent(machine, any -> new ArrayList<>())
                            .add(alert));
                });
            }
        });
        return said;
    }

    /** What was said of each machine, in its order, without when and where. */
    private Map<String, List<MachineScore>> scores() {
        return byMachine(traffic.read(topics.machineScored()), score -> MachineScore.newBuilder(score)
                .setPosition(NOWHERE)
                .setScoredAt(Instant.EPOCH)
                .build());
    }

    private Map<String, List<MachineAlert>> alerts() {
        return byMachine(
                traffic.read(topics.machineAlerts()),
                alert -> MachineAlert.newBuilder(alert).setPosition(NOWHERE).build());
    }

    private static <V extends SpecificRecord> Map<String, List<V>> byMachine(
            List<ConsumerRecord<String, V>> records, UnaryOperator<V> clean) {
        var byMachine = new LinkedHashMap<String, List<V>>();
        records.forEach(record -> byMachine
                .computeIfAbsent(record.key(), any -> new ArrayList<>())
                .add(clean.apply(record.value())));
        return byMachine;
    }

    /** At least once: what was said may be said again, and then the same. */
    private static <V> Map<String, List<V>> distinct(Map<String, List<V>> said) {
        var distinct = new LinkedHashMap<String, List<V>>();
        said.forEach((machine, values) -> distinct.put(machine, List.copyOf(new LinkedHashSet<>(values))));
        return distinct;
    }

    private ScoringStreams streams(Guarantee guarantee, String folder) {
        return new ScoringStreams(
                MachineScoringProgram.stream(topics, new Averages(), meters),
                ScoringProgram.settings(kafka.bootstrapServers(), prefix, state.resolve(folder))
                        .withGuarantee(guarantee));
    }
}
