package dev.vorrang.training.machine.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Means of a machine's sensors in each minute that has readings; of rarer readings each is one. Immutable.
 *
 * @param millis end of each minute in ms since 1970, rising
 * @param values mean of each sensor, NaN where it has no value in the minute
 */
public record MinuteMeans(long[] millis, double[][] values) {

    private static final long MINUTE_MS = 60_000;

    public int size() {
        return millis.length;
    }

    /**
     * Mean of each minute.
     *
     * @param times of the readings in ms since 1970, not falling
     * @param readings value of each sensor, NaN where there is none
     * @throws IllegalArgumentException if there are not as many times as readings
     */
    public static MinuteMeans of(long[] times, double[][] readings) {
        if (times.length != readings.length) {
            throw new IllegalArgumentException(
                    times.length + " times of " + readings.length + " readings: allowed are as many");
        }
        List<Long> ends = new ArrayList<>();
        List<double[]> means = new ArrayList<>();
        int from = 0;
        for (int row = 1; row <= times.length; row++) {
            long minute = Math.floorDiv(times[from], MINUTE_MS);
            if (row == times.length || Math.floorDiv(times[row], MINUTE_MS) != minute) {
                ends.add((minute + 1) * MINUTE_MS);
                means.add(means(Arrays.copyOfRange(readings, from, row)));
                from = row;
            }
        }
        return new MinuteMeans(ends.stream().mapToLong(Long::longValue).toArray(), means.toArray(double[][]::new));
    }

    private static double[] means(double[][] readings) {
        var means = new double[readings[0].length];
        for (int sensor = 0; sensor < means.length; sensor++) {
            int place = sensor;
            means[sensor] = Arrays.stream(readings)
                    .mapToDouble(values -> values[place])
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
        }
        return means;
    }
}
