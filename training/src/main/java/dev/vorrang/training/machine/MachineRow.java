package dev.vorrang.training.machine;

import dev.vorrang.schemas.SensorReading;
import java.util.List;

/**
 * A row of a file of readings.
 *
 * @param line line of the file, counted from 1
 * @param machine name of the machine
 * @param group what it belongs to within the machine, empty where the file tells no group
 * @param time time as the file has it; the number of the row where it has none
 * @param millis the same in ms since 1970; numbers too small for a time since 1970 are taken as ms
 * @param reading the row as the stream would get it; null in a file of targets
 * @param target what is to be learnt, empty where the row does not tell
 */
public record MachineRow(
        long line, String machine, String group, String time, long millis, SensorReading reading, String target) {

    /** Value of each sensor, NaN where there is none. */
    public double[] values(List<String> sensors) {
        return sensors.stream()
                .map(reading.getValues()::get)
                .mapToDouble(value -> value == null ? Double.NaN : value)
                .toArray();
    }
}
