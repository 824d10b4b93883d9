package dev.vorrang.training.machine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a file of readings are.
 *
 * @param machine names the machine; without it all rows are of one machine, called as the file
 * @param time time of the row; without it the first column with a usual name, such as {@code time} or {@code timestamp}
 * @param group what belongs together within a machine, a run say; no window reaches over its bounds
 * @param sensors the sensors; empty for all columns of numbers that are nothing else
 * @param target what is to be learnt
 */
public record MachineColumns(
        Optional<String> machine,
        Optional<String> time,
        Optional<String> group,
        List<String> sensors,
        Optional<String> target) {

    private static final List<String> TIMES = List.of("time", "timestamp", "datetime", "date", "ts");

    /** Columns of these names tell what a person or a simulation found out, so they are no sensors unless named as such. */
    private static final Set<String> LABELS = Set.of("anomaly", "changepoint", "label", "rul", "target", "fault");

    public MachineColumns {
        sensors = List.copyOf(sensors);
    }

    /** Nothing named. */
    public static MachineColumns none() {
        return new MachineColumns(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    /** The time's column among those of a file, if there is one. */
    Optional<String> timeIn(List<String> header) {
        return time.or(() -> header.stream()
                .filter(column -> TIMES.contains(column.toLowerCase(Locale.ROOT)))
                .findFirst());
    }

    /** Whether a column that was not named as anything may be a sensor. */
    boolean mayBeSensor(String column, Optional<String> timeColumn) {
        return !timeColumn.equals(Optional.of(column))
                && !machine.equals(Optional.of(column))
                && !group.equals(Optional.of(column))
                && !target.equals(Optional.of(column))
                && !LABELS.contains(column.toLowerCase(Locale.ROOT));
    }
}
