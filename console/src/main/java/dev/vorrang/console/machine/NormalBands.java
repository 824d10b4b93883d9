package dev.vorrang.console.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Between what values a sensor was when nothing was wrong: of the means of its minutes the middle 98 of 100, by the hour of the day (UTC)
 * where enough is known of it, else of the whole day. It says what was usual, not what is allowed, and no model uses it.
 */
final class NormalBands {

    /** Minutes of an hour of the day, or of all hours, below which there is no band. */
    private static final int FEWEST_MINUTES = 120;
    /** One day says nothing of the next. */
    private static final int FEWEST_DAYS = 3;

    private static final double LOW = 0.01;
    private static final double HIGH = 0.99;
    private static final int HOURS = 24;

    private final Map<String, Sensor> sensors = new HashMap<>();

    /** Means of the minutes of a sensor, by hour of the day; NaN ends of a band that there is not. */
    private static final class Sensor {

        private final List<float[]> means = new ArrayList<>();
        private final int[] minutes = new int[HOURS];
        private final int[] days = new int[HOURS];
        private final List<Integer> hours = new ArrayList<>();
        private final double[] lows = new double[HOURS];
        private final double[] highs = new double[HOURS];

        private void add(int hour, float[] values) {
            means.add(values);
            hours.add(hour);
            minutes[hour] += values.length;
            days[hour]++;
        }

        private void finish() {
            float[] all = sorted(-1);
            for (int hour = 0; hour < HOURS; hour++) {
                float[] values = minutes[hour] >= FEWEST_MINUTES && days[hour] >= FEWEST_DAYS ? sorted(hour) : all;
                lows[hour] = quantile(values, LOW);
                highs[hour] = quantile(values, HIGH);
            }
            means.clear();
            hours.clear();
        }

        /** @param hour of the day; -1 for all */
        private float[] sorted(int hour) {
            var values = new float[hour < 0 ? Arrays.stream(minutes).sum() : minutes[hour]];
            int at = 0;
            for (int i = 0; i < means.size(); i++) {
                if (hour < 0 || hours.get(i) == hour) {
                    System.arraycopy(means.get(i), 0, values, at, means.get(i).length);
                    at += means.get(i).length;
                }
            }
            Arrays.sort(values);
            return values;
        }

        private static double quantile(float[] sorted, double level) {
            return sorted.length < FEWEST_MINUTES ? Double.NaN : sorted[(int) Math.round(level * (sorted.length - 1))];
        }
    }

    /**
     * Adds an hour.
     *
     * @param hour since 1970
     * @param wrong whether something was wrong at a minute since 1970
     */
    void add(long hour, HourBlock block, LongPredicate wrong) {
        var kept = new int[HourBlock.MINUTES];
        int count = 0;
        for (int minute = 0; minute < HourBlock.MINUTES; minute++) {
            if (!block.isMaintenance(minute) && !wrong.test(hour * HourBlock.MINUTES + minute)) {
                kept[count++] = minute;
            }
        }
        int[] minutes = Arrays.copyOf(kept, count);
        int ofDay = (int) Math.floorMod(hour, (long) HOURS);
        block.sensors().forEach((name, column) -> {
            var values = new float[minutes.length];
            int present = 0;
            for (int minute : minutes) {
                if (column.count(minute) > 0) {
                    values[present++] = column.mean(minute);
                }
            }
            if (present > 0) {
                sensors.computeIfAbsent(name, first -> new Sensor()).add(ofDay, Arrays.copyOf(values, present));
            }
        });
    }

    /** Once all hours are added. */
    NormalBands finished() {
        sensors.values().forEach(Sensor::finish);
        return this;
    }

    /**
     * Where the band of a sensor begins.
     *
     * @param hour since 1970
     * @return null if there is no band
     */
    Double low(String sensor, long hour) {
        return end(sensors.get(sensor), hour, true);
    }

    /** Where it ends, as {@link #low}. */
    Double high(String sensor, long hour) {
        return end(sensors.get(sensor), hour, false);
    }

    private static Double end(Sensor sensor, long hour, boolean low) {
        if (sensor == null) {
            return null;
        }
        int ofDay = (int) Math.floorMod(hour, (long) HOURS);
        double end = low ? sensor.lows[ofDay] : sensor.highs[ofDay];
        return Double.isNaN(end) ? null : end;
    }
}
