package dev.vorrang.training.machine;

import dev.vorrang.ingest.reading.CsvFormat;
import dev.vorrang.ingest.reading.CsvReadingDecoder;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the columns of a file of readings are.
 *
 * @param machine names the machine; without it all rows are of one machine, called as the file
 * @param time time of the row; without it the first column with a usual name, such as {@code time} or {@code timestamp}
 * @param group what belongs together within a machine, a run say; no window reaches over its bounds
 * @param sensors the sensors; empty for all columns of numbers that are nothing else
 * @param target what is to be learnt
 * @param zone of times without an offset
 * @param format of fields and numbers
 */
public record MachineColumns(
        Optional<String> machine,
        Optional<String> time,
        Optional<String> group,
        List<String> sensors,
        Optional<String> target,
        ZoneId zone,
        CsvFormat format) {

    private static final List<String> TIMES = List.of("time", "timestamp", "datetime", "date", "ts");

    /** Columns of these names tell what a person or a simulation found out, so they are no sensors unless named as such. */
    private static final Set<String> LABELS = Set.of("anomaly", "changepoint", "label", "rul", "target", "fault");

    public MachineColumns {
        sensors = List.copyOf(sensors);
    }

    /** Times without an offset are UTC, and separators are found out. */
    public MachineColumns(
            Optional<String> machine,
            Optional<String> time,
            Optional<String> group,
            List<String> sensors,
            Optional<String> target) {
        this(machine, time, group, sensors, target, ZoneOffset.UTC, CsvFormat.AUTOMATIC);
    }

    /** The same in another zone and format. */
    public MachineColumns in(ZoneId otherZone, CsvFormat otherFormat) {
        return new MachineColumns(machine, time, group, sensors, target, otherZone, otherFormat);
    }

    /** Nothing named. */
    public static MachineColumns none() {
        return new MachineColumns(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    /** What reads a file with these columns. */
    CsvReadingDecoder csv(Optional<String> timeColumn, List<String> header) {
        Set<String> others = sensors.isEmpty()
                ? header.stream()
                        .filter(column -> !mayBeSensor(column, timeColumn))
                        .collect(Collectors.toSet())
                : Set.of();
        return new CsvReadingDecoder(
                new CsvReadingDecoder.Columns(machine, timeColumn, Set.copyOf(sensors), others, zone, format));
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
