package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.machine.AlertRoutes;
import dev.vorrang.scoring.machine.Averages;
import dev.vorrang.scoring.route.Route;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that should send and does not, told of by time, without another reading. */
class MachineSilenceTest {

    private static final Topics TOPICS = new Topics("");
    private static final String MACHINE = "press-1";
    private static final String QUEUE = "hall";
    private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int READINGS = 20;
    private static final Instant LAST = START.plus(INTERVAL.multipliedBy(READINGS - 1));

    @TempDir
    private Path folder;

    private final AvroSerdes serdes = new AvroSerdes(new FixedRegistry());
    private final SettableClock clock = new SettableClock(START);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        start(Map.of());
    }

    private void start(Map<Bytes, byte[]> store) {
        var routes = AlertRoutes.of(List.of(new Route(QUEUE, "alert.kind == 'SILENT' && severity == 'HIGH'")));
        var stream = MachineScoringProgram.stream(TOPICS, List.of(new Averages()), meters, clock, routes);
        var topology = ScoringTopology.build(
                stream,
                new RetryPolicy(Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(20)),
                CachedStoreCommitHook.create(),
                new InferenceWatchdog(
                        stream.batch().limits(), stream.environment().metrics(), problem -> {}));
        driver = new TopologyTestDriver(
                topology,
                StreamsSettings.of("none:9092", "test", folder).toProperties(256, Duration.ZERO),
                clock.instant());
        var states = driver.<Bytes, byte[]>getKeyValueStore("machine-states");
        store.forEach(states::put);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private Map<Bytes, byte[]> stored() {
        var stored = new TreeMap<Bytes, byte[]>();
        try (var all = driver.<Bytes, byte[]>getKeyValueStore("machine-states").all()) {
            all.forEachRemaining(entry -> stored.put(entry.key, entry.value));
        }
        return stored;
    }

    /** A task begins anew with what is in the store. */
    private void restart() {
        Map<Bytes, byte[]> store = stored();
        driver.close();
        start(store);
    }

    private void send(Instant time, Instant receivedAt) {
        send(MACHINE, time, receivedAt);
    }

    private void send(String machine, Instant time, Instant receivedAt) {
        var reading = SensorReading.newBuilder()
                .setId("at-" + time)
                .setMachine(machine)
                .setTime(time)
                .setReceivedAt(receivedAt)
                .setValues(Map.of("load", 10.0 + time.getEpochSecond() % 7))
                .setSource("test")
                .build();
        send(TOPICS.machineReadings(), machine, Optional.of(reading));
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, String machine, Optional<V> value) {
        byte[] bytes = value.map(each -> serdes.valueSerde(topic).serializer().serialize(topic.name(), each))
                .orElse(null);
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(machine, bytes);
    }

    private void work() {
        for (int i = 0; i < READINGS; i++) {
            send(clock.instant(), clock.instant());
            pass(INTERVAL);
        }
        pass(INTERVAL.negated());
    }

    private void pass(Duration time) {
        clock.advance(time);
        if (!time.isNegative()) {
            driver.advanceWallClockTime(time);
        }
    }

    /** As time goes by, rather than at once. */
    private void passMinutes(int minutes) {
        for (int half = 0; half < 2 * minutes; half++) {
            pass(Duration.ofSeconds(30));
        }
    }

    private List<MachineAlert> alerts() {
        return read(TOPICS.machineAlerts());
    }

    private List<MachineAlert> read(Topic<MachineAlert> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        new ByteArrayDeserializer(),
                        serdes.valueSerde(topic).deserializer())
                .readValuesToList();
    }

    private static MachineAlert anywhere(MachineAlert alert) {
        return MachineAlert.newBuilder(alert)
                .setPosition(new Position("", 0, 0L))
                .build();
    }

    @Test
    void shouldTellOfAMachineFromWhichNothingComes() {
        work();
        passMinutes(14);
        assertThat(alerts()).isEmpty();

        passMinutes(3);

        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getKind()).isEqualTo(AlertKind.SILENT);
            assertThat(alert.getState()).isEqualTo(AlertState.RAISED);
            assertThat(alert.getStart()).isEqualTo(LAST);
            assertThat(alert.getTime()).isEqualTo(LAST.plus(Duration.ofMinutes(15)));
            assertThat(alert.getReasons()).containsExactly("no readings for 15 min");
            assertThat(alert.getPosition().getOffset()).isEqualTo(READINGS - 1);
        });
    }

    @Test
    void shouldTellItOnceAndThatItIsOver() {
        work();
        passMinutes(60);
        String id = alerts().get(0).getId();
        passMinutes(600);
        assertThat(alerts()).isEmpty();

        send(clock.instant(), clock.instant());

        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getId()).isEqualTo(id);
            assertThat(alert.getState()).isEqualTo(AlertState.CLEARED);
        });
    }

    @Test
    void shouldTellWhatTheNextReadingWouldTell() {
        work();
        passMinutes(60);
        MachineAlert byTime = alerts().get(0);
        driver.close();
        start();
        clock.advance(Duration.between(clock.instant(), START));
        work();
        clock.advance(Duration.ofMinutes(60));

        send(clock.instant(), clock.instant());

        assertThat(alerts()).extracting(MachineSilenceTest::anywhere).startsWith(anywhere(byTime));
    }

    @Test
    void shouldNeitherForgetNorRepeatASilenceAcrossARestart() {
        work();
        passMinutes(5);
        restart();
        passMinutes(14);
        assertThat(alerts()).isEmpty();
        passMinutes(3);
        assertThat(alerts()).extracting(MachineAlert::getState).containsExactly(AlertState.RAISED);

        restart();
        passMinutes(40);
        send(clock.instant(), clock.instant());

        assertThat(alerts()).extracting(MachineAlert::getState).containsExactly(AlertState.CLEARED);
    }

    @Test
    void shouldCountNoTimeInWhichItWasHeldUpOrReadWhatHadPiledUp() {
        work();
        pass(Duration.ofMinutes(80));
        for (int i = 0; i < 20; i++) {
            send("press-2", LAST.plus(INTERVAL.multipliedBy(i)), clock.instant().minus(Duration.ofHours(1)));
            pass(Duration.ofMinutes(1));
        }
        assertThat(alerts()).isEmpty();

        passMinutes(17);

        assertThat(alerts()).extracting(MachineAlert::getMachine).containsExactly(MACHINE, "press-2");
    }

    @Test
    void shouldExpectNothingOfAMachineInMaintenance() {
        work();
        send(
                TOPICS.machineMaintenance(),
                MACHINE,
                Optional.of(Maintenance.newBuilder()
                        .setMachine(MACHINE)
                        .setFrom(LAST)
                        .setUntil(null)
                        .build()));
        passMinutes(120);
        assertThat(alerts()).isEmpty();

        send(TOPICS.machineMaintenance(), MACHINE, Optional.empty());
        passMinutes(14);
        assertThat(alerts()).isEmpty();
        passMinutes(3);

        assertThat(alerts()).extracting(MachineAlert::getKind).containsExactly(AlertKind.SILENT);
    }

    @Test
    void shouldRouteWhatTimeAndWhatAReadingTells() {
        work();
        passMinutes(17);
        send(clock.instant(), clock.instant());
        send("press-2", clock.instant().plus(Duration.ofDays(400)), clock.instant());

        var routed = read(TOPICS.machineRoute(QUEUE));

        assertThat(routed).extracting(MachineAlert::getState).containsExactly(AlertState.RAISED, AlertState.CLEARED);
        assertThat(alerts()).containsAll(routed);
        assertThat(meters.get("vorrang.routed").tag("queue", QUEUE).counter().count())
                .isEqualTo(2);
    }
}
