package dev.vorrang.app.streams.machine.evaluate;

import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.machine.MachineLabels;
import dev.vorrang.training.machine.MachineRow;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known to be true of rows, from their target column or from a file of labels.
 *
 * @param column name of the target
 * @param labels the file's labels, where there is one
 */
public record Truth(String column, Optional<MachineLabels> labels) {

    private static final int LONGEST_SHOWN = 40;

    /** The target of a row as text, empty where it is not known. */
    String of(MachineRow row) {
        return labels.map(file -> file.of(row)).orElse(row.target());
    }

    /**
     * Whether a row is odd: 1, true, or the sensors that the anomaly is about, with semicolons between; empty where it is not known.
     *
     * @param sensors names of all sensors
     */
    public Optional<RowTruth> odd(MachineRow row, List<String> sensors) {
        String text = of(row);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> Optional.empty();
            case "0", "0.0", "false" -> Optional.of(RowTruth.NORMAL);
            case "1", "1.0", "true" -> Optional.of(RowTruth.ODD);
            default -> {
                List<String> named =
                        Arrays.stream(text.split(";")).map(String::strip).toList();
                if (!sensors.containsAll(named)) {
                    throw refused(row, text, "0, 1 or names of sensors with semicolons between");
                }
                yield Optional.of(new RowTruth(true, named));
            }
        };
    }

    /** Remaining life of a row; empty where it is not known. */
    Optional<Double> life(MachineRow row) {
        String text = of(row);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            double life = Double.parseDouble(text);
            if (Double.isFinite(life) && life >= 0) {
                return Optional.of(life);
            }
        } catch (NumberFormatException e) {
            throw refused(row, text, "numbers of 0 or more");
        }
        throw refused(row, text, "numbers of 0 or more");
    }

    private TrainingDataException refused(MachineRow row, String text, String allowed) {
        String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
        return new TrainingDataException("line " + row.line() + " of the data, target column '" + column + "': '"
                + shown + "', allowed are " + allowed + ", or nothing where it is not known");
    }
}
