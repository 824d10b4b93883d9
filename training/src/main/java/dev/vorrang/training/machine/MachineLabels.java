package dev.vorrang.training.machine;

import dev.vorrang.training.TrainingDataException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Targets from a file of their own: one for each machine, or for each machine and time. */
public final class MachineLabels {

    private final Map<String, String> byMachine = new HashMap<>();
    private final Map<String, String> byMachineAndTime = new HashMap<>();

    private MachineLabels() {}

    /**
     * Reads the file.
     *
     * @param columns names the target and the machine; a time that the file does not have is left out
     * @throws TrainingDataException if the file cannot be used, or says two things of the same
     */
    public static MachineLabels read(Path file, MachineColumns columns) {
        String target = columns.target()
                .orElseThrow(() -> new TrainingDataException(
                        "labels file " + file + ": name the column of the target with --target"));
        columns.machine()
                .orElseThrow(() -> new TrainingDataException(
                        "labels file " + file + ": name the column of the machine, which joins it, with --machine"));
        var labels = new MachineLabels();
        boolean timed =
                MachineRows.header(file, columns).contains(columns.time().orElse(""));
        var wanted = new MachineColumns(
                columns.machine(),
                timed ? columns.time() : Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(target),
                columns.zone(),
                columns.format());
        try (var rows = MachineRows.openLabels(file, wanted)) {
            while (rows.hasNext()) {
                MachineRow row = rows.next();
                String before = timed
                        ? labels.byMachineAndTime.put(row.machine() + "\n" + row.time(), row.target())
                        : labels.byMachine.put(row.machine(), row.target());
                if (before != null && !before.equals(row.target())) {
                    throw new TrainingDataException("labels file " + file + ", line " + row.line() + ": machine '"
                            + row.machine() + "' has two targets, '" + before + "' and '" + row.target() + "'");
                }
            }
        }
        return labels;
    }

    /** Target of a row, empty where the file has none for it. */
    public String of(MachineRow row) {
        String timed = byMachineAndTime.get(row.machine() + "\n" + row.time());
        return timed != null ? timed : byMachine.getOrDefault(row.machine(), "");
    }
}
