package dev.vorrang.training.machine.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Limits of each sensor by running state, the usual means of plants: mean and standard deviation while the machine runs and while it does
 * not. The size is the distance of a minute's mean from it, or of an exponentially weighted average of these distances (EWMA chart; Roberts,
 * "Control Chart Tests Based on Geometric Moving Averages", 1959), in standard deviations. The machine runs where the sensor with the most
 * distinct two levels is above the middle.
 */
public final class StateLimits implements Baseline {

    private static final double EWMA_WEIGHT = 1 / 30.0;
    /** Part of the values at either end that does not count for the levels. */
    private static final int TAIL = 50;

    private final String name;
    private final double weight;

    private StateLimits(String name, double weight) {
        this.name = name;
        this.weight = weight;
    }

    /** Of the means themselves. */
    public static StateLimits sigma() {
        return new StateLimits("standard deviations by state", 1);
    }

    /** Of their exponentially weighted average, whose newest minute weighs one in thirty. */
    public static StateLimits movingAverage() {
        return new StateLimits("EWMA by state", EWMA_WEIGHT);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Severity> severities(MinuteMeans means, int learning) {
        var normal = Normal.of(Arrays.copyOf(means.values(), Math.min(learning, means.size())));
        int count = normal.sensors();
        int[] sensors = IntStream.range(0, count).toArray();
        var averages = new double[count];
        var severities = new ArrayList<Severity>();
        for (int minute = learning; minute < means.size(); minute++) {
            double[] distances = normal.distances(means.values()[minute]);
            var sizes = new double[count];
            for (int sensor = 0; sensor < count; sensor++) {
                averages[sensor] += weight * (distances[sensor] - averages[sensor]);
                sizes[sensor] = Math.abs(averages[sensor]) / Math.sqrt(weight / (2 - weight));
            }
            severities.add(new Severity(means.millis()[minute], sizes, sensors));
        }
        return severities;
    }

    /**
     * What is normal in each of the two states.
     *
     * @param switching sensor that tells the state
     * @param middle above it the machine runs
     * @param moments mean and standard deviation by state and sensor; NaN where there are no values
     */
    private record Normal(int switching, double middle, double[][][] moments) {

        int sensors() {
            return moments[0].length;
        }

        static Normal of(double[][] learned) {
            int sensors = learned[0].length;
            int switching = 0;
            double middle = Double.NaN;
            double clearest = -1;
            for (int sensor = 0; sensor < sensors; sensor++) {
                double[] values = sorted(learned, sensor);
                if (values.length == 0) {
                    continue;
                }
                double half = (values[values.length / TAIL] + values[values.length - 1 - values.length / TAIL]) / 2;
                double within = Math.max(
                        moments(Arrays.stream(values).filter(value -> value > half))[1],
                        moments(Arrays.stream(values).filter(value -> value <= half))[1]);
                double clearness = moments(Arrays.stream(values))[1] / within;
                if (clearness > clearest) {
                    clearest = clearness;
                    switching = sensor;
                    middle = half;
                }
            }
            var normal = new Normal(switching, middle, new double[2][sensors][]);
            for (int state = 0; state < 2; state++) {
                int of = state;
                double[][] within = Arrays.stream(learned)
                        .filter(means -> normal.state(means) == of)
                        .toArray(double[][]::new);
                for (int sensor = 0; sensor < sensors; sensor++) {
                    normal.moments()[state][sensor] = moments(Arrays.stream(sorted(within, sensor)));
                }
            }
            return normal;
        }

        private int state(double[] means) {
            return means[switching] > middle ? 1 : 0;
        }

        /** Distance of each sensor from its mean in standard deviations; 0 where that is not known. */
        double[] distances(double[] means) {
            double[][] here = moments[state(means)];
            return IntStream.range(0, means.length)
                    .mapToDouble(sensor -> (means[sensor] - here[sensor][0]) / here[sensor][1])
                    .map(distance -> Double.isFinite(distance) ? distance : 0)
                    .toArray();
        }

        private static double[] sorted(double[][] rows, int sensor) {
            return Arrays.stream(rows)
                    .mapToDouble(row -> row[sensor])
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
        }

        /** Mean and standard deviation, the latter above 0. */
        private static double[] moments(DoubleStream of) {
            double[] values = of.toArray();
            double mean = Arrays.stream(values).average().orElse(Double.NaN);
            double variance = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(0);
            return new double[] {mean, Math.sqrt(variance) + 1e-3 * Math.abs(mean) + 1e-9};
        }
    }
}
