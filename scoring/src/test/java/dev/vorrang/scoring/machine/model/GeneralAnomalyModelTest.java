package dev.vorrang.scoring.machine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.Step;
import dev.vorrang.scoring.model.ModelOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The model that ships. */
class GeneralAnomalyModelTest {

    private static final List<String> SENSORS = List.of("heat", "load", "rare");
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
}
