package dev.vorrang.training.machine;

import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.UnknownColumnException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Readings to learn from.
 *
 * @param sensors names of the sensors, in the order of the values
 * @param series the machines and their groups, in the order in which they were read
 */
public record MachineData(List<String> sensors, List<MachineSeries> series) {

    private record Key(Path file, String machine, String group) {}

    private record Row(long millis, double[] values, String target) {}

    /**
     * Reads all rows, and joins the labels.
     *
     * @param files CSV files with the same sensors
     * @param labels CSV file that has the target for each machine, or for each machine and time: it has the columns of the machine
     *     and of the target, and may have that of the time
     * @throws TrainingDataException if a file cannot be used, naming file, line or column
     */
    public static MachineData read(List<Path> files, MachineColumns columns, Optional<Path> labels) {
        Optional<MachineLabels> joined = labels.map(file -> MachineLabels.read(file, columns));
        var rows = new LinkedHashMap<Key, List<Row>>();
        List<String> sensors = List.of();
        for (Path file : files) {
            try (var reader = MachineRows.open(file, columns)) {
                if (!sensors.isEmpty() && !sensors.equals(reader.sensors())) {
                    throw new TrainingDataException("data file " + file + " has the sensors " + reader.sensors()
                            + ", the file before it has " + sensors);
                }
                sensors = reader.sensors();
                while (reader.hasNext()) {
                    MachineRow row = reader.next();
                    var key = new Key(file, row.machine(), row.group());
                    String target = joined.map(each -> each.of(row)).orElse(row.target());
                    rows.computeIfAbsent(key, any -> new ArrayList<>())
                            .add(new Row(row.millis(), row.values(sensors), target));
                }
            }
            requireTarget(file, columns, labels, rows);
        }
        var series = new ArrayList<MachineSeries>();
        rows.forEach((key, some) -> series.add(series(key, some)));
        return new MachineData(sensors, List.copyOf(series));
    }

    /** All rows of all series. */
    public int rows() {
        return series.stream().mapToInt(MachineSeries::rows).sum();
    }

    /** Rows that came from a file. */
    int rows(Path file) {
        return series.stream()
                .filter(one -> one.file().equals(file))
                .mapToInt(MachineSeries::rows)
                .sum();
    }

    private static void requireTarget(
            Path file, MachineColumns columns, Optional<Path> labels, Map<Key, List<Row>> rows) {
        boolean wanted = columns.target().isPresent() && labels.isEmpty();
        boolean found = rows.values().stream().flatMap(List::stream).anyMatch(row -> !row.target()
                .isEmpty());
        if (wanted && !found) {
            throw new UnknownColumnException("data file " + file + " has no values in a column '"
                    + columns.target().get() + "' for the target; name it with --target, or its file with --labels");
        }
    }

    private static MachineSeries series(Key key, List<Row> rows) {
        rows.sort(Comparator.comparingLong(Row::millis));
        var values = rows.stream().map(Row::values).toArray(double[][]::new);
        var targets = rows.stream().map(Row::target).toArray(String[]::new);
        return new MachineSeries(key.file(), key.machine(), key.group(), values, targets);
    }
}
