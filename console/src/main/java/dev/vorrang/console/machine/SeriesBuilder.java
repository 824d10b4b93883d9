package dev.vorrang.console.machine;

import dev.vorrang.console.view.MachineStore.Sensor;
import dev.vorrang.console.view.MachineStore.Series;
import dev.vorrang.console.view.RecordSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Combines minutes into the points of a chart. For one thread. */
final class SeriesBuilder {

    private static final long MINUTE_MILLIS = 60_000;

    private final long first;
    private final long step;
    private final int points;
    private final Double[] anomaly;
    private final Map<String, Points> sensors = new TreeMap<>();

    private static final class Points {

        private final double[] sums;
        private final long[] counts;
        private final double[] lows;
        private final double[] highs;

        Points(int points) {
            sums = new double[points];
            counts = new long[points];
            lows = new double[points];
            highs = new double[points];
        }

        void add(int point, HourBlock.Column column, int minute) {
            lows[point] = counts[point] == 0 ? column.low(minute) : Math.min(lows[point], column.low(minute));
            highs[point] = counts[point] == 0 ? column.high(minute) : Math.max(highs[point], column.high(minute));
            sums[point] += (double) column.mean(minute) * column.count(minute);
            counts[point] += column.count(minute);
        }

        List<Double> values(double[] values) {
            var present = new ArrayList<Double>(values.length);
            for (int point = 0; point < values.length; point++) {
                present.add(counts[point] == 0 ? null : (Double) values[point]);
            }
            return present;
        }

        List<Double> means() {
            var means = new double[sums.length];
            for (int point = 0; point < means.length; point++) {
                means[point] = sums[point] / counts[point];
            }
            return values(means);
        }
    }

    /**
     * @param from first minute since 1970
     * @param to exclusive, above from
     * @param most points at most
     */
    SeriesBuilder(long from, long to, int most) {
        first = from;
        step = Math.max(1, -Math.floorDiv(from - to, (long) most));
        points = Math.toIntExact(-Math.floorDiv(from - to, step));
        anomaly = new Double[points];
    }

    /** @param hour since 1970; what lies outside of the range is left out */
    void add(long hour, HourBlock block) {
        for (int minute = 0; minute < HourBlock.MINUTES; minute++) {
            long offset = hour * HourBlock.MINUTES + minute - first;
            if (offset < 0 || offset / step >= points) {
                continue;
            }
            int point = (int) (offset / step);
            float score = block.anomaly(minute);
            if (!Float.isNaN(score)) {
                anomaly[point] = anomaly[point] == null ? score : Math.max(anomaly[point], score);
            }
            int at = minute;
            block.sensors().forEach((name, column) -> {
                if (column.count(at) > 0) {
                    sensors.computeIfAbsent(name, newer -> new Points(points)).add(point, column, at);
                }
            });
        }
    }

    Series series(NormalBands bands, List<RecordSummary> alerts) {
        var times = new ArrayList<Long>(points);
        for (int point = 0; point < points; point++) {
            times.add((first + point * step) * MINUTE_MILLIS);
        }
        var shown = new TreeMap<String, Sensor>();
        sensors.forEach((name, values) -> shown.put(
                name,
                new Sensor(
                        values.means(),
                        values.values(values.lows),
                        values.values(values.highs),
                        band(times, hour -> bands.low(name, hour)),
                        band(times, hour -> bands.high(name, hour)))));
        var scores = new ArrayList<Double>(points);
        Collections.addAll(scores, anomaly);
        return new Series(times, scores, shown, alerts);
    }

    private static List<Double> band(List<Long> times, LongFunction<Double> end) {
        var band = new ArrayList<Double>(times.size());
        for (long time : times) {
            band.add(end.apply(Math.floorDiv(time, HourBlock.MINUTES * MINUTE_MILLIS)));
        }
        return band;
    }
}
