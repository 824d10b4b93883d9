package dev.vorrang.app.streams.machine.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.Main;
import dev.vorrang.training.plant.FaultType;
import dev.vorrang.training.plant.MachineType;
import dev.vorrang.training.plant.SimulatedMachine;
import dev.vorrang.training.plant.SimulatedPlant;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts of a recording of several machines. */
class ScoreMachineAlertsTest {

    private static final SimulatedPlant PLANT = new SimulatedPlant(
            5,
            Instant.parse("2026-03-02T00:00:00Z"),
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            3,
            List.of(MachineType.PRESS),
            List.of(FaultType.LEAK, FaultType.DROPOUT));

    @TempDir
    private Path folder;

    @Test
    void shouldWriteTheAlertsOfEachMachine() throws IOException {
        List<SimulatedMachine> machines = PLANT.build();
        Path recording = folder.resolve("plant.csv");
        Files.writeString(recording, recording(machines));
        Path alerts = folder.resolve("alerts.csv");
        var errors = new StringWriter();

        int code = Main.commandLine()
                .setErr(new PrintWriter(errors))
                .execute(
                        "score",
                        "machine",
                        "--model",
                        "../models/machine-anomaly/1",
                        "--in",
                        recording.toString(),
                        "--machine",
                        "machine",
                        "--time",
                        "time",
                        "--out",
                        folder.resolve("scores.jsonl").toString(),
                        "--alerts",
                        alerts.toString());

        assertThat(code).as(errors.toString()).isZero();
        List<String> lines = Files.readAllLines(alerts);
        assertThat(lines.get(0)).isEqualTo("machine,kind,state,start,time,peak,sensors");
        var leak = machines.get(0);
        Instant began = leak.faults().get(0).start();
        assertThat(lines)
                .filteredOn(line -> line.startsWith(leak.name() + ",ANOMALY,RAISED"))
                .anySatisfy(line -> {
                    String[] fields = line.split(",");
                    assertThat(Instant.parse(fields[4])).isBetween(began, began.plus(Duration.ofHours(6)));
                    assertThat(leak.faults().get(0).sensors())
                            .contains(fields[6].split(";")[0]);
                });
        var dropout = machines.get(1);
        assertThat(lines)
                .anyMatch(line -> line.startsWith(dropout.name() + ",DROPOUT,RAISED")
                        && line.endsWith("," + dropout.faults().get(0).sensors().get(0)));
        assertThat(Files.readAllLines(folder.resolve("scores.jsonl"))).hasSize(3 * PLANT.readings());
    }

    private static String recording(List<SimulatedMachine> machines) {
        var csv = new StringBuilder("machine,time,")
                .append(String.join(",", machines.get(0).sensors()))
                .append('\n');
        for (int i = 0; i < PLANT.readings(); i++) {
            for (SimulatedMachine machine : machines) {
                var values = machine.next().orElseThrow();
                csv.append(machine.name())
                        .append(',')
                        .append(values.time())
                        .append(',')
                        .append(Arrays.stream(values.values())
                                .mapToObj(value -> Double.isNaN(value) ? "" : Double.toString(value))
                                .collect(Collectors.joining(",")))
                        .append('\n');
            }
        }
        return csv.toString();
    }
}
