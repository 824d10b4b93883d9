package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.machine.Averages;
import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.Step;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine's journal that one model has written, and that is replayed while another is in service. */
class ModelReplacementTest {

    private static final Topics TOPICS = new Topics("");
    private static final String MACHINE = "press-1";
    private static final int BEFORE = 10;
    private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");

    @TempDir
    private Path folder;

    private final AvroSerdes serdes = new AvroSerdes(new FixedRegistry());

    /** What a run left in its store, and what it said. */
    private record Run(Map<String, byte[]> store, List<MachineScore> scores, List<DeadLetter> letters) {

        MachineScore last() {
            return scores.get(scores.size() - 1);
        }
    }

    @Test
    void shouldAskTheModelInServiceWhereAnotherGaveTheOutputs() {
        var old = run(Map.of(), 0, BEFORE, new Scaled("1", 1));

        var replaced = run(old.store(), BEFORE, BEFORE + 3, new Scaled("2", 100));

        var always = run(Map.of(), 0, BEFORE + 3, new Scaled("2", 100));
        assertThat(replaced.scores()).hasSize(3);
        assertThat(replaced.last().getAnomaly()).isEqualTo(always.last().getAnomaly());
        assertThat(replaced.last().getModels()).containsExactly(new ModelRef("scaled", "2"));
    }

    @Test
    void shouldTakeTheOutputsOfTheModelInServiceAsTheyWere() {
        var first = run(Map.of(), 0, BEFORE, new Scaled("1", 1));

        // Would say something else if it were asked.
        var again = run(first.store(), BEFORE, BEFORE + 1, new Scaled("1", 100));

        var asked = run(Map.of(), 0, BEFORE + 1, new Scaled("1", 100));
        assertThat(again.last().getAnomaly())
                .isNotNull()
                .isNotEqualTo(asked.last().getAnomaly());
    }

    /** The journal of version 1 that the first {@value #BEFORE} readings left: it does not say which model gave an output. */
    @Test
    void shouldReadAJournalOfVersion1AndAskTheModelInService() throws IOException {
        var old = new TreeMap<String, byte[]>();
        try (var lines = new BufferedReader(new InputStreamReader(
                getClass().getResourceAsStream("/machine-journal-1.hex"), StandardCharsets.US_ASCII))) {
            lines.lines()
                    .map(line -> line.split(" "))
                    .forEach(entry -> old.put(entry[0], HexFormat.of().parseHex(entry[1])));
        }

        var same = run(old, BEFORE, BEFORE + 1, new Scaled("1", 1));
        var replaced = run(old, BEFORE, BEFORE + 1, new Scaled("2", 100));

        assertThat(same.last().getAnomaly())
                .isEqualTo(
                        run(Map.of(), 0, BEFORE + 1, new Scaled("1", 1)).last().getAnomaly());
        assertThat(replaced.last().getAnomaly())
                .isEqualTo(run(Map.of(), 0, BEFORE + 1, new Scaled("2", 100))
                        .last()
                        .getAnomaly());
    }

    @Test
    void shouldGoOnAfterAModelWithFewerLabels() {
        var old = run(Map.of(), 0, BEFORE, new Labelling("1", 5));

        var replaced = run(old.store(), BEFORE, BEFORE + 3, new Labelling("2", 3));

        assertThat(replaced.letters()).isEmpty();
        assertThat(replaced.scores()).hasSize(3);
        assertThat(replaced.last().getFault()).hasSize(3);
    }

    @Test
    void shouldAskOnlyTheModelThatIsNew() {
        var old = run(Map.of(), 0, BEFORE, new Scaled("1", 1), new Labelling("1", 5));

        // The first would say something else if it were asked.
        var replaced = run(old.store(), BEFORE, BEFORE + 1, new Scaled("1", 100), new Labelling("2", 3));

        var alone = run(run(Map.of(), 0, BEFORE, new Scaled("1", 1)).store(), BEFORE, BEFORE + 1, new Scaled("1", 100));
        assertThat(replaced.letters()).isEmpty();
        assertThat(replaced.last().getAnomaly()).isEqualTo(alone.last().getAnomaly());
        assertThat(replaced.last().getFault()).hasSize(3);
    }

    private Run run(Map<String, byte[]> store, int from, int to, MachineModel... models) {
        var stream = MachineScoringProgram.stream(TOPICS, List.of(models), new SimpleMeterRegistry());
        var topology = ScoringTopology.build(
                stream,
                new RetryPolicy(Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(20)),
                CachedStoreCommitHook.create(),
                new InferenceWatchdog(
                        stream.batch().limits(), stream.environment().metrics(), problem -> {}));
        var settings = StreamsSettings.of("none:9092", "test", folder).toProperties(256, Duration.ZERO);
        try (var driver = new TopologyTestDriver(topology, settings)) {
            var states = driver.<Bytes, byte[]>getKeyValueStore("machine-states");
            store.forEach((key, value) -> states.put(Bytes.wrap(HexFormat.of().parseHex(key)), value));
            var readings = driver.createInputTopic(
                    TOPICS.machineReadings().name(), new StringSerializer(), new ByteArraySerializer());
            // The offsets go on where the run before ended.
            IntStream.range(0, from).forEach(skipped -> readings.pipeInput("skipped", null));
            driver.createOutputTopic(
                            TOPICS.machineDeadLetters().name(),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer())
                    .readValuesToList();
            for (int i = from; i < to; i++) {
                readings.pipeInput(MACHINE, written(TOPICS.machineReadings(), reading(i)));
            }
            var left = new TreeMap<String, byte[]>();
            try (var all = states.all()) {
                all.forEachRemaining(entry -> left.put(HexFormat.of().formatHex(entry.key.get()), entry.value));
            }
            return new Run(left, read(driver, TOPICS.machineScored()), read(driver, TOPICS.machineDeadLetters()));
        }
    }

    private static SensorReading reading(int number) {
        return SensorReading.newBuilder()
                .setId("reading-" + number)
                .setMachine(MACHINE)
                .setTime(START.plusSeconds(number))
                .setValues(Map.of("load", 10.0 + number % 4))
                .setSource("test")
                .build();
    }

    private <V extends SpecificRecord> byte[] written(Topic<V> topic, V value) {
        return serdes.valueSerde(topic).serializer().serialize(topic.name(), value);
    }

    private <V extends SpecificRecord> List<V> read(TopologyTestDriver driver, Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        new ByteArrayDeserializer(),
                        serdes.valueSerde(topic).deserializer())
                .readValuesToList();
    }

    /** {@link Averages} with outputs so many times as large. */
    private static final class Scaled extends Averages {

        private final String version;
        private final float factor;

        Scaled(String version, float factor) {
            this.version = version;
            this.factor = factor;
        }

        @Override
        public ModelRef reference() {
            return new ModelRef("scaled", version);
        }

        @Override
        public List<float[]> apply(List<ModelInput> inputs) {
            var outputs = super.apply(inputs);
            outputs.forEach(output -> output[0] *= factor);
            return outputs;
        }
    }

    /** Tells faults of each step: as many labels as it is told, all alike. */
    private record Labelling(String version, int count) implements MachineModel {

        @Override
        public ModelRef reference() {
            return new ModelRef("labelling", version);
        }

        @Override
        public List<float[]> apply(List<ModelInput> inputs) {
            var output = new float[count];
            Arrays.fill(output, 1f / count);
            return inputs.stream().map(input -> output).toList();
        }

        @Override
        public ModelInput probe() {
            return new ModelInput(new float[1], 1);
        }

        @Override
        public void check(float[] output) {
            assertThat(output).hasSize(count);
        }

        @Override
        public ModelMemory memory() {
            var labels = new ArrayList<String>();
            IntStream.range(0, count).forEach(label -> labels.add("label-" + label));
            return new ModelMemory() {
                @Override
                public Optional<ModelInput> observe(Step step) {
                    return Optional.of(probe());
                }

                @Override
                public Finding absorb(float[] output) {
                    return new Finding.Fault(labels, List.of(), output);
                }

                @Override
                public void write(DataOutput out) {}

                @Override
                public void read(DataInput in) {}
            };
        }

        @Override
        public void close() {}
    }
}
