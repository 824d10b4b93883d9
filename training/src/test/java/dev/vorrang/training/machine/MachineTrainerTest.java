package dev.vorrang.training.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.Step;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
import java.util.function.IntFunction;
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

    @Test
    void shouldLearnFaultsFromAsFewWindowsAsItAllows() throws IOException {
        var rows = new StringBuilder("machine,cycle,wear,noise,fault\n");
        var random = new Random(1);
        List<String> faults = List.of("ok", "worn", "loose");
        for (int machine = 0; machine < 30; machine++) {
            String fault = faults.get(machine % 3);
            for (int cycle = 0; cycle < 10; cycle++) {
                double noise = random.nextGaussian() + (fault.equals("loose") ? 8 : 0);
                rows.append(machine + "," + cycle + "," + swing(cycle, fault.equals("worn"), random) + "," + noise + ","
                        + fault + "\n");
            }
        }
        Path out = folder.resolve("model");
        train(MachineKind.FAULT, rows.toString(), "fault", out);
        try (MachineModel model = MachineModels.load(out, ModelOptions.defaults())) {
            for (String fault : faults) {
                ModelMemory memory = model.memory();
                Finding found = null;
                for (int cycle = 0; cycle < 10; cycle++) {
                    double noise = random.nextGaussian() + (fault.equals("loose") ? 8 : 0);
                    found = find(model, memory, cycle, swing(cycle, fault.equals("worn"), random), noise);
                }
                var told = (Finding.Fault) found;
                assertThat(told.probabilities()[told.labels().indexOf(fault)])
                        .as(fault)
                        .isGreaterThan(0.5f);
            }
        }
    }

    /** The mean is the same for both: only the shape tells. */
    private static double swing(int cycle, boolean worn, Random random) {
        return (cycle % 2 == 0 ? 1 : -1) * (worn ? 2 : 0.5) + 0.1 * random.nextGaussian();
    }

    @Test
    void shouldBeQuietWhereAMachineIsAsItWasAndBlameTheSensorThatIsNot() throws IOException {
        Path out = folder.resolve("model");
        var random = new Random(1);
        train(MachineKind.ANOMALY, normal(random, "a"), null, out);
        try (MachineModel model = MachineModels.load(out, ModelOptions.defaults())) {
            ModelMemory quiet = model.memory();
            int odd = 0;
            for (int cycle = 0; cycle < 1_000; cycle++) {
                var found = (Finding.Anomaly) find(model, quiet, cycle, level(random), random.nextGaussian());
                odd += found.score() >= found.threshold() ? 1 : 0;
                assertThat(found.score()).isGreaterThanOrEqualTo(0).isLessThan(1);
            }
            assertThat(odd).as("alarms of 1,000 normal steps").isLessThan(20);

            assertBlamed(model, random, 0, cycle -> new double[] {level(random) + 6, random.nextGaussian()});
            assertBlamed(model, random, 1, cycle -> new double[] {level(random), 0});
        }
    }

    /** After a normal beginning, a minute of something else is to raise the alarm, and to be blamed on one sensor. */
    private static void assertBlamed(MachineModel model, Random random, int sensor, IntFunction<double[]> oddly) {
        ModelMemory memory = model.memory();
        for (int cycle = 0; cycle < 100; cycle++) {
            find(model, memory, cycle, level(random), random.nextGaussian());
        }
        Finding.Anomaly found = null;
        for (int cycle = 100; cycle < 170; cycle++) {
            double[] values = oddly.apply(cycle);
            found = (Finding.Anomaly) find(model, memory, cycle, values[0], values[1]);
        }
        assertThat(found.score()).isGreaterThan(found.threshold());
        assertThat(found.shares()[sensor]).isGreaterThan(0.9f);
    }

    @Test
    void shouldCompareEachOfSeveralMachinesWithItsOwnBeginning() throws IOException {
        Path out = folder.resolve("model");
        var random = new Random(1);
        train(MachineKind.ANOMALY, normal(random, "a", "b", "c", "d"), null, out);
        try (MachineModel model = MachineModels.load(out, ModelOptions.defaults())) {
            ModelMemory memory = model.memory();
            for (int cycle = 0; cycle < 400; cycle++) {
                // A machine that runs higher than all that it was trained on, and then rises further.
                double rise = cycle < 300 ? 50 : 56;
                var found = (Finding.Anomaly) find(model, memory, cycle, level(random) + rise, random.nextGaussian());
                if (cycle == 299) {
                    assertThat(found.score()).isLessThan(found.threshold());
                } else if (cycle == 399) {
                    assertThat(found.score()).isGreaterThan(found.threshold());
                    assertThat(found.shares()[0]).isGreaterThan(0.9f);
                }
            }
        }
    }

    @Test
    void shouldScoreTheSameBitsInAnyBatchAndAfterARestart() throws IOException {
        Path out = folder.resolve("model");
        var random = new Random(1);
        train(MachineKind.ANOMALY, normal(random, "a"), null, out);
        var steps = new ArrayList<Step>();
        for (int cycle = 0; cycle < 300; cycle++) {
            steps.add(new Step(
                    "",
                    cycle,
                    SENSORS,
                    new double[] {level(random) + cycle / 20.0, cycle % 7 == 0 ? Double.NaN : random.nextGaussian()},
                    List.of()));
        }
        try (MachineModel model = MachineModels.load(out, ModelOptions.defaults())) {
            List<Finding> together = scored(model, steps, 300);
            for (int batch : new int[] {1, 7, 64}) {
                assertThat(scored(model, steps, batch))
                        .as("batches of " + batch)
                        .usingRecursiveComparison()
                        .isEqualTo(together);
            }
        }
    }

    /** The findings in batches of a size, each begun with a memory that was written and read. */
    private static List<Finding> scored(MachineModel model, List<Step> steps, int batch) throws IOException {
        var findings = new ArrayList<Finding>();
        ModelMemory memory = model.memory();
        for (int from = 0; from < steps.size(); from += batch) {
            var inputs = new ArrayList<ModelInput>();
            for (Step step : steps.subList(from, Math.min(steps.size(), from + batch))) {
                memory.observe(step).ifPresent(inputs::add);
            }
            for (float[] output : model.apply(inputs)) {
                findings.add(memory.absorb(output));
            }
            var bytes = new ByteArrayOutputStream();
            memory.write(new DataOutputStream(bytes));
            memory = model.memory();
            memory.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        }
        return findings;
    }

    /** Rows of machines that differ in where they run, and in nothing else. */
    private static String normal(Random random, String... machines) {
        var rows = new StringBuilder("machine,cycle,wear,noise\n");
        for (int machine = 0; machine < machines.length; machine++) {
            for (int cycle = 0; cycle < 400; cycle++) {
                rows.append(machines[machine] + "," + cycle + "," + (level(random) + 10 * machine) + ","
                        + random.nextGaussian() + "\n");
            }
        }
        return rows.toString();
    }

    private static double level(Random random) {
        return 20 + 2 * random.nextGaussian();
    }

    @Test
    void shouldSayHowManyRowsItNeeds() {
        assertThatThrownBy(() ->
                        train(MachineKind.ANOMALY, "machine,cycle,wear\na,1,2\na,2,2\n", null, folder.resolve("model")))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContainingAll("2 rows", "40 or more");
    }

    @Test
    void shouldLearnFromWhatIsLongEnoughAndStandASensorThatNeverMovedOrSpoke() throws IOException {
        var rows = new StringBuilder("machine,cycle,wear,noise\nshort,1,1,\nshort,2,1,\n");
        for (int cycle = 0; cycle < 60; cycle++) {
            rows.append("long," + cycle + ",5,\n");
        }
        Path out = folder.resolve("model");
        train(MachineKind.ANOMALY, rows.toString(), null, out);
        try (MachineModel model = MachineModels.load(out, ModelOptions.defaults())) {
            ModelMemory memory = model.memory();
            Finding.Anomaly found = null;
            for (int cycle = 0; cycle < 60; cycle++) {
                found = (Finding.Anomaly) find(model, memory, cycle, 5, Double.NaN);
            }
            assertThat(found.score()).isLessThan(found.threshold());
            found = (Finding.Anomaly) find(model, memory, 60, 1e30, Double.NaN);
            assertThat(found.score()).isGreaterThan(found.threshold()).isLessThan(1);
            assertThat(found.shares()[0]).isGreaterThan(0.9f);
        }
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
                Optional.of("machine"), Optional.of("cycle"), Optional.empty(), List.of(), Optional.ofNullable(target));
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
