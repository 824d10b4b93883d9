package dev.vorrang.scoring.machine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.MachineState;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.PendingStep;
import dev.vorrang.scoring.machine.Step;
import dev.vorrang.scoring.model.ModelOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The model that ships. */
class GeneralAnomalyModelTest {

    private static final List<String> SENSORS = List.of("heat", "load", "rare");
    private static final Position NOWHERE = new Position("", 0, 0L);
    private static MachineModel model;

    @BeforeAll
    static void load() {
        model = MachineModels.load(Path.of("../models/machine-anomaly/1"), ModelOptions.defaults());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static Finding.Anomaly find(ModelMemory memory, long step, double heat, double load) {
        return memory.observe(new Step("", step * 300_000, SENSORS, new double[] {heat, load, Double.NaN}, List.of()))
                .map(input -> (Finding.Anomaly)
                        memory.absorb(model.apply(List.of(input)).get(0)))
                .orElse(null);
    }

    @Test
    void shouldBeQuietWhereAllIsAsBeforeAndBlameTheSensorThatIsNot() throws IOException {
        var random = new Random(1);
        ModelMemory memory = model.memory();
        int odd = 0;
        for (int step = 0; step < 2_000; step++) {
            Finding.Anomaly found = find(memory, step, 20 + random.nextGaussian(), 5 + 0.1 * random.nextGaussian());
            odd += found != null && found.score() >= found.threshold() ? 1 : 0;
        }
        assertThat(odd).as("of 2,000 normal steps").isLessThan(60);

        var bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        ModelMemory restored = model.memory();
        restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        Finding.Anomaly found = find(memory, 2_000, 20, 9);
        assertThat(found.score()).isGreaterThan(0.999).isLessThan(1);
        assertThat(found.shares()[1]).isGreaterThan(0.9f);
        assertThat(find(restored, 2_000, 20, 9)).usingRecursiveComparison().isEqualTo(found);
    }

    /** {@code general-memory-3.gz}: what version 3 had of a sensor after 300 readings, a minute apart. */
    @Test
    void shouldGoOnFromWhatVersion3Wrote() throws IOException {
        ModelMemory now = model.memory();
        for (int row = 0; row < 300; row++) {
            now.observe(flow(row));
        }
        ModelMemory then = model.memory();
        try (var in = new DataInputStream(
                new GZIPInputStream(GeneralAnomalyModelTest.class.getResourceAsStream("general-memory-3.gz")))) {
            then.read(in);
        }
        for (int row = 300; row < 400; row++) {
            assertThat(then.observe(flow(row))).usingRecursiveComparison().isEqualTo(now.observe(flow(row)));
        }
    }

    private static Step flow(int row) {
        double value = Math.sin(row / 20.0) + row % 7 / 10.0;
        return new Step("", row * 60_000L, List.of("flow"), new double[] {value}, List.of());
    }

    @Test
    void shouldKeepAMachineOf20SensorsThatRunsAndStandsIn150KiB() {
        var random = new Random(1);
        var state = new MachineState("press-1", MachineSettings.defaults(), List.of(model));
        for (int step = 0; step < 8_640; step++) {
            boolean runs = step / 720 % 2 == 0;
            double load = random.nextGaussian();
            var values = new HashMap<String, Double>();
            for (int i = 0; i < 20; i++) {
                values.put(
                        "sensor-" + i,
                        runs ? 50 + i + load * (i % 5) + random.nextGaussian() : random.nextGaussian() / 50);
            }
            Instant time = Instant.EPOCH.plusSeconds(10L * step);
            state.accept(SensorReading.newBuilder()
                            .setId("reading-" + step)
                            .setMachine("press-1")
                            .setTime(time)
                            .setValues(values)
                            .setSource("test")
                            .build())
                    .ifPresent(pending -> state.conclude(
                            pending, new Prediction<>(outputs(pending), List.of(model.reference())), NOWHERE, time));
        }
        assertThat(state.snapshot().length).isLessThanOrEqualTo(150 * 1_024);
    }

    /** What the model gives does not matter for the size of a state. */
    private static List<float[]> outputs(PendingStep pending) {
        return pending.inputs().get(0).stream()
                .map(input -> new float[input.rows()])
                .toList();
    }
}
