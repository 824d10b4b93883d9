package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.machine.Averages;
import dev.vorrang.scoring.route.Routes;
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

/** The topology of the machine stream without a broker, on a clock of its own. Its model is {@link Averages}. */
final class MachineDriver implements AutoCloseable {

    static final Topics TOPICS = new Topics("");

    private final Path folder;
    private final Routes<MachineAlert> routes;
    private final AvroSerdes serdes = new AvroSerdes(new FixedRegistry());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SettableClock clock;
    private TopologyTestDriver driver;

    MachineDriver(Path folder, Routes<MachineAlert> routes, Instant start) {
        this.folder = folder;
        this.routes = routes;
        this.clock = new SettableClock(start);
        start(Map.of());
    }

    private void start(Map<Bytes, byte[]> store) {
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

    @Override
    public void close() {
        driver.close();
    }

    /** A task begins anew with what is in the store. */
    void restart() {
        var store = new TreeMap<Bytes, byte[]>();
        try (var all = driver.<Bytes, byte[]>getKeyValueStore("machine-states").all()) {
            all.forEachRemaining(entry -> store.put(entry.key, entry.value));
        }
        driver.close();
        start(store);
    }

    /** A task begins anew with nothing. */
    void forget() {
        driver.close();
        start(Map.of());
    }

    SettableClock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    void reading(String machine, Instant time, Instant receivedAt, double load) {
        var reading = SensorReading.newBuilder()
                .setId("at-" + time)
                .setMachine(machine)
                .setTime(time)
                .setReceivedAt(receivedAt)
                .setValues(Map.of("load", load))
                .setSource("test")
                .build();
        send(TOPICS.machineReadings(), machine, Optional.of(reading));
    }

    <V extends SpecificRecord> void send(Topic<V> topic, String machine, Optional<V> value) {
        byte[] bytes = value.map(each -> serdes.valueSerde(topic).serializer().serialize(topic.name(), each))
                .orElse(null);
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(machine, bytes);
    }

    void pass(Duration time) {
        clock.advance(time);
        if (!time.isNegative()) {
            driver.advanceWallClockTime(time);
        }
    }

    /** As time goes by, rather than at once. */
    void passMinutes(int minutes) {
        for (int half = 0; half < 2 * minutes; half++) {
            pass(Duration.ofSeconds(30));
        }
    }

    List<MachineAlert> alerts() {
        return read(TOPICS.machineAlerts());
    }

    List<MachineAlert> read(Topic<MachineAlert> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        new ByteArrayDeserializer(),
                        serdes.valueSerde(topic).deserializer())
                .readValuesToList();
    }
}
