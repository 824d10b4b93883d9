package dev.vorrang.app.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.bench.Bench;
import dev.vorrang.app.bench.BenchFigures.Compared;
import dev.vorrang.app.bench.BenchFigures.Scenario;
import dev.vorrang.app.bench.BenchProgram;
import dev.vorrang.app.crash.CrashPlan;
import dev.vorrang.app.crash.CrashReport;
import dev.vorrang.app.crash.CrashTest;
import dev.vorrang.app.crash.Fault;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.WordEffect;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.CachedStoreCommitHook;
import dev.vorrang.scoring.engine.InferenceWatchdog;
import dev.vorrang.scoring.engine.RetryPolicy;
import dev.vorrang.scoring.engine.ScoringTopology;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.model.ModelOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream gets that brings nothing but its kit. */
class ToyKitTest {

    private static final Topics NAMES = new Topics("");
    private static final Path KIT = Path.of("src/test/java/dev/vorrang/app/streams/ToyKit.java");
    private static final int MAX_LINES = 150;

    private final ToyKit kit = new ToyKit();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    @Test
    void shouldBeShort() throws Exception {
        assertThat(Files.readAllLines(KIT)).hasSizeLessThanOrEqualTo(MAX_LINES);
    }

    @Test
    void shouldHaveATopologyWithDeadLettersAndMetrics() {
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://toy"))) {
            var serdes = new AvroSerdes(registry);
            var settings = kit.settings().defaults();
            var model = kit.load(kit.shippedModel(), ModelOptions.defaults());
            var stream = kit.define(settings, List.of(model), NAMES, StreamEnvironment.of(serdes, meters, "toy"));
            try (var driver = new TopologyTestDriver(topology(stream), properties())) {
                var input = driver.createInputTopic(
                        ToyKit.in(NAMES).name(), new ByteArraySerializer(), new ByteArraySerializer());
                var encoder = serdes.valueSerde(ToyKit.in(NAMES)).serializer();
                byte[] key = "key".getBytes(StandardCharsets.UTF_8);

                input.pipeInput(key, encoder.serialize(ToyKit.in(NAMES).name(), new WordEffect("a", 21f)));
                input.pipeInput(key, "no Avro".getBytes(StandardCharsets.UTF_8));

                assertThat(read(driver, serdes, ToyKit.out(NAMES))).containsExactly(new WordEffect("a", 42f));
                assertThat(read(driver, serdes, kit.topics(settings, NAMES).deadLetters()))
                        .extracting(DeadLetter::getStage)
                        .containsExactly(Stage.DECODE);
            }
            assertThat(meters.get("vorrang.received")
                            .tag("stream", "toy")
                            .counter()
                            .count())
                    .isEqualTo(2);
            assertThat(meters.get("vorrang.dead.letters").tag("stream", "toy").counters())
                    .anyMatch(counter -> counter.count() == 1);
        }
    }

    @Test
    void shouldBeMeasured() {
        var options = new Bench.Options(
                2_000, 1, Optional.of(Scenario.LOOP), Guarantee.EXACTLY_ONCE, 1, 64, Duration.ofMillis(100), 1);
        var measured = kit.bench(kit.shippedModel(), Duration.ZERO, ModelOptions.defaults());
        try (var stop = StopSignal.install();
                var program = new BenchProgram(measured, BenchInstance.class)) {
            var figures = program.run(folder, options, stop, line -> {});

            assertThat(figures.sideBySide())
                    .extracting(Compared::scenario)
                    .containsExactly(Scenario.MODEL, Scenario.TOPOLOGY, Scenario.PIPELINE, Scenario.LOOP);
            assertThat(figures.sideBySide())
                    .allMatch(compared -> compared.median().rate() > 0);
            assertThat(figures.loads()).hasSize(3).allMatch(load -> load.seen() == load.sent());
        }
    }

    @Test
    void shouldLoseAndDoubleNothingWhenItIsKilled() {
        var plan = new CrashPlan(
                kit.name(), Guarantee.EXACTLY_ONCE, 2_000, 1, 1, Set.of(Fault.KILL), Duration.ZERO, 7, false);
        try (var stop = StopSignal.install()) {
            var result = new CrashTest(plan, kit::workload, ToyInstance.class, folder, stop, line -> {}).run();

            assertThat(result.passed())
                    .as(String.join("\n", new CrashReport(result).lines()))
                    .isTrue();
            assertThat(result.faults()).containsEntry(Fault.KILL, 1);
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put("state.dir", folder.toString());
        return properties;
    }

    private static Topology topology(StreamDefinition<?, ?, ?> stream) {
        var watchdog = new InferenceWatchdog(
                stream.batch().limits(), stream.environment().metrics(), problem -> {});
        var retries = new RetryPolicy(Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(20));
        return ScoringTopology.build(stream, retries, CachedStoreCommitHook.create(), watchdog);
    }

    private static <V extends SpecificRecord> List<V> read(
            TopologyTestDriver driver, AvroSerdes serdes, Topic<V> topic) {
        Deserializer<V> decoder = serdes.valueSerde(topic).deserializer();
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), decoder)
                .readValuesToList();
    }
}
