package dev.vorrang.training.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.scoring.machine.NamePattern;
import dev.vorrang.scoring.machine.judge.Judgement;
import dev.vorrang.scoring.machine.judge.MachineJudge;
import dev.vorrang.scoring.machine.judge.Pause;
import dev.vorrang.scoring.machine.judge.TypeNormal;
import dev.vorrang.scoring.machine.model.TypeNormalCard;
import dev.vorrang.scoring.machine.model.TypeNormals;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.plant.FaultType;
import dev.vorrang.training.plant.MachineType;
import dev.vorrang.training.plant.SimulatedMachine;
import dev.vorrang.training.plant.SimulatedPlant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A normal of a type, learned from a recording of some of its machines. */
class TypeNormalTrainerTest {

    @TempDir
    private Path folder;

    private static SimulatedPlant plant(long seed, List<FaultType> faults) {
        return new SimulatedPlant(
                seed,
                Instant.parse("2026-03-02T00:00:00Z"),
                Duration.ofDays(3),
                Duration.ofMinutes(1),
                4,
                List.of(MachineType.PUMP),
                faults);
    }

    private Path recording(int rows) throws IOException {
        SimulatedPlant plant = plant(3, List.of());
        var csv = new StringBuilder();
        for (SimulatedMachine machine : plant.build()) {
            if (csv.isEmpty()) {
                csv.append("time,name,")
                        .append(String.join(",", machine.sensors()))
                        .append('\n');
            }
            for (int row = 0; row < Math.min(rows, plant.readings()); row++) {
                SimulatedMachine.Values sample = machine.next().orElseThrow();
                csv.append(sample.time()).append(',').append(machine.name());
                for (double value : sample.values()) {
                    csv.append(String.format(Locale.ROOT, ",%.4f", value));
                }
                csv.append('\n');
            }
        }
        return Files.writeString(folder.resolve("plant.csv"), csv);
    }

    private TypeNormalCard train(Path recording, String... machines) {
        var columns = new MachineColumns(
                Optional.of("name"), Optional.of("time"), Optional.empty(), List.of(), Optional.empty());
        var settings = new TypeNormalTrainer.Settings(
                List.of(recording),
                columns,
                List.of(machines).stream().map(NamePattern::of).toList(),
                "pump",
                "3",
                "",
                "CC0-1.0",
                "a test",
                folder.resolve("normal"));
        return new TypeNormalTrainer(settings, TrainingProgress.SILENT).train();
    }

    @Test
    void shouldLearnWhatANewMachineBeginsWith() throws IOException {
        TypeNormalCard card = train(recording(Integer.MAX_VALUE), "pump-1", "pump-[3]", "*-2", "pump-3");

        assertThat(card.machines()).containsExactly("pump-1", "pump-2", "pump-3");
        assertThat(card.sensors()).hasSize(9).startsWith("flow", "pressure");
        assertThat(card.training().data()).singleElement().satisfies(data -> {
            assertThat(data.licence()).isEqualTo("CC0-1.0");
            assertThat(data.rows()).isEqualTo(3 * 3 * 1_440);
        });
        assertThat(card.figures()).singleElement().satisfies(figure -> assertThat(figure.value())
                .isBetween(0.0, 0.5));
        assertThat(TypeNormals.card(folder.resolve("normal"))).isEqualTo(card);

        TypeNormal normal = TypeNormals.load(folder.resolve("normal"));
        var raised = new ArrayList<Judgement.Change>();
        SimulatedPlant others = plant(4, List.of());
        for (SimulatedMachine machine : others.build()) {
            MachineJudge judge = normal.begin(machine.name() + " of another plant");
            for (int row = 0; row < others.readings(); row++) {
                SimulatedMachine.Values sample = machine.next().orElseThrow();
                Judgement judgement =
                        judge.add(sample.time().toEpochMilli(), machine.sensors(), sample.values(), Pause.NONE);
                assertThat(judgement.warm()).isTrue();
                judgement.changes().stream()
                        .filter(change -> change.state() == AlertState.RAISED)
                        .forEach(raised::add);
            }
        }
        assertThat(raised).as("in twelve machine-days").hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void shouldKnowTheSensorsOfTheTypeAlone() throws IOException {
        List<String> rows = Files.readAllLines(recording(2_000));
        int sensors = rows.get(0).split(",").length - 2;
        var csv = new StringBuilder(rows.get(0)).append(",force\n");
        rows.stream().skip(1).forEach(row -> csv.append(row).append(",\n"));
        csv.append("2026-03-02T00:00:00Z,press-1").append(",".repeat(sensors)).append(",7.5\n");

        TypeNormalCard card = train(Files.writeString(folder.resolve("shop.csv"), csv), "pump-*");

        assertThat(card.sensors()).hasSize(sensors).doesNotContain("force");
    }

    @Test
    void shouldBeRefusedWhereItIsDamaged() throws IOException {
        train(recording(2_000));
        Path file = folder.resolve("normal").resolve("assets/normal.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> TypeNormals.load(folder.resolve("normal")))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("assets/normal.bin has SHA-256");
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> train(recording(30)))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("too few readings of pump-1, pump-2, pump-3, pump-4");
        assertThatThrownBy(() -> train(recording(30), "press-*"))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("no machine of the data matches [press-*]");
        assertThat(folder.resolve("normal")).doesNotExist();
    }
}
