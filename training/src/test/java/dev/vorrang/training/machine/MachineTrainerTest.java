package dev.vorrang.training.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.Step;
import dev.vorrang.scoring.model.MachineModels;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a CSV file to a model that scores. */
class MachineTrainerTest {

    /** Of the machines below: the mean of n (n - 1) / 2 rows' sums over the rows, for lives n of 60 to 150. */
    private static final double MEAN_REMAINING_LIFE = 56;

    private static final List<String> SENSORS = List.of("wear", "noise");

    @TempDir
    private Path folder;

    @Test
    void shouldLearnHowLongAMachineWillLast() throws IOException {
        var rows = new StringBuilder("machine,cycle,wear,noise,rul\n");
        var random = new Random(1);
        for (int machine = 0; machine < 10; machine++) {
            int life = 60 + 10 * machine;
            for (int cycle = 1; cycle <= life; cycle++) {
                rows.append(machine + "," + cycle + "," + wear(life - cycle, random) + "," + random.nextGaussian() + ","
                        + (life - cycle) + "\n");
            }
        }
        Path out = folder.resolve("model");
        train(MachineKind.RUL, rows.toString(), "rul", out);
        try (MachineModel model = MachineModels.load(out, ModelOptions.defaults())) {
            ModelMemory memory = model.memory();
            double off = 0;
            double offWithoutModel = 0;
            for (int cycle = 1; cycle <= 85; cycle++) {
                int left = 90 - cycle;
                var found =
                        (Finding.RemainingLife) find(model, memory, cycle, wear(left, random), random.nextGaussian());
                if (found != null) {
                    off += Math.abs(found.expected() - left);
                    offWithoutModel += Math.abs(MEAN_REMAINING_LIFE - left);
                    assertThat(found.quantiles()).isSorted();
                    assertThat(found.quantiles()[0]).isLessThan(found.quantiles()[4]);
                }
            }
            // An error of half of what the mean of all rows gives: nothing but what the readings tell can do that.
            assertThat(off).isPositive().isLessThan(offWithoutModel / 2);
        }
    }

    private static double wear(int left, Random random) {
        return 100.0 / (left + 10) + 0.05 * random.nextGaussian();
    }

    @Test
    void shouldLearnWhichFaultAWindowShows() throws IOException {
        var rows = new StringBuilder("machine,cycle,wear,noise,fault\n");
        var random = new Random(1);
        for (int machine = 0; machine < 60; machine++) {
            boolean worn = machine % 2 == 0;
            for (int cycle = 0; cycle < 10; cycle++) {
                rows.append(machine + "," + cycle + "," + swing(cycle, worn, random) + "," + random.nextGaussian() + ","
                        + (worn ? "worn" : "ok") + "\n");
            }
        }
        Path out = folder.resolve("model");
        train(MachineKind.FAULT, rows.toString(), "fault", out);
        try (MachineModel model = MachineModels.load(out, ModelOptions.defaults())) {
            for (boolean worn : new boolean[] {true, false}) {
                ModelMemory memory = model.memory();
                Finding found = null;
                for (int cycle = 0; cycle < 10; cycle++) {
                    found = find(model, memory, cycle, swing(cycle, worn, random), random.nextGaussian());
                }
                var fault = (Finding.Fault) found;
                assertThat(fault.labels()).containsExactly("ok", "worn");
                assertThat(fault.normal()).containsExactly("ok");
                assertThat(fault.probabilities()[worn ? 1 : 0]).isGreaterThan(0.8f);
            }
        }
    }

    /** The mean is the same for both: only the shape tells. */
    private static double swing(int cycle, boolean worn, Random random) {
        return (cycle % 2 == 0 ? 1 : -1) * (worn ? 2 : 0.5) + 0.1 * random.nextGaussian();
    }

    @Test
    void shouldSayHowManyMachinesItNeeds() {
        assertThatThrownBy(() -> train(
                        MachineKind.RUL, "machine,cycle,wear,rul\na,1,2,3\nb,1,2,3\n", "rul", folder.resolve("model")))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContainingAll("2 machines", "5 or more");
    }

    private static Finding find(MachineModel model, ModelMemory memory, int time, double wear, double noise) {
        return memory.observe(new Step("", time, SENSORS, new double[] {wear, noise}, List.of()))
                .map(input -> memory.absorb(model.apply(List.of(input)).get(0)))
                .orElse(null);
    }

    private void train(MachineKind kind, String rows, String target, Path out) throws IOException {
        Path data = folder.resolve("data.csv");
        Files.writeString(data, rows);
        var columns = new MachineColumns(
                Optional.of("machine"), Optional.of("cycle"), Optional.empty(), List.of(), Optional.of(target));
        new MachineTrainer(
                        new MachineTrainingSettings(
                                kind,
                                new ArrayList<>(List.of(data)),
                                columns,
                                Optional.empty(),
                                OptionalInt.empty(),
                                OptionalDouble.empty(),
                                Set.of(),
                                "test",
                                "1",
                                "",
                                "none",
                                "none",
                                1,
                                out),
                        TrainingProgress.SILENT)
                .train();
    }
}
