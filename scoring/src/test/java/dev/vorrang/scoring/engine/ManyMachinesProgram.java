package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.machine.Averages;
import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineStream;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.Step;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;

/** The machine stream with more machines than its heap has room for, without a broker. */
final class ManyMachinesProgram {

    static final int MACHINES = 100;
    static final int READINGS = 4;
    /** Of a machine. */
    static final int MEGABYTES = 4;

    private ManyMachinesProgram() {}

    /** @param args folder of the state; the number of scores is printed */
    public static void main(String[] args) {
        var topics = new Topics("");
        var serdes = new AvroSerdes(new FixedRegistry());
        var few = MachineScoringProgram.stream(topics, new Large(), new SimpleMeterRegistry());
        var stream = new MachineStream(
                few.environment(),
                topics,
                few.models(),
                few.types(),
                few.routes(),
                few.batch(),
                MachineStream.DEFAULT_MACHINES_AT_HAND,
                false);
        var topology = ScoringTopology.build(
                stream,
                new RetryPolicy(Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(20)),
                CachedStoreCommitHook.create(),
                new InferenceWatchdog(
                        stream.batch().limits(), stream.environment().metrics(), problem -> {}));
        var settings = StreamsSettings.of("none:9092", "test", Path.of(args[0])).toProperties(256, Duration.ZERO);
        try (var driver = new TopologyTestDriver(topology, settings)) {
            var readings = driver.createInputTopic(
                    topics.machineReadings().name(), new StringSerializer(), new ByteArraySerializer());
            var serializer = serdes.valueSerde(topics.machineReadings()).serializer();
            for (int number = 0; number < MACHINES * READINGS; number++) {
                String machine = "machine-" + number % MACHINES;
                var reading = SensorReading.newBuilder()
                        .setId("reading-" + number)
                        .setMachine(machine)
                        .setTime(Instant.ofEpochSecond(10L * (number / MACHINES)))
                        .setValues(Map.of("load", 1.0))
                        .setSource("test")
                        .build();
                readings.pipeInput(
                        machine, serializer.serialize(topics.machineReadings().name(), reading));
            }
            System.out.println(driver.createOutputTopic(
                            topics.machineScored().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readValuesToList()
                    .size());
        }
    }

    /** {@link Averages}, with a large memory of each machine. */
    private static final class Large extends Averages {

        @Override
        public ModelMemory memory() {
            return new LargeMemory(super.memory(), new byte[MEGABYTES << 20]);
        }
    }

    private record LargeMemory(ModelMemory small, byte[] rest) implements ModelMemory {

        @Override
        public Optional<ModelInput> observe(Step step) {
            return small.observe(step);
        }

        @Override
        public Finding absorb(float[] output) {
            return small.absorb(output);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            small.write(out);
        }

        @Override
        public void read(DataInput in) throws IOException {
            small.read(in);
        }
    }
}
