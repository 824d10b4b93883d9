package dev.vorrang.training.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Limits of each sensor by running state, the usual means of plants: mean and standard deviation while the machine runs and while it does
 * not, learned in the first three days; an alert where minute means, or their exponentially weighted average (EWMA chart, Roberts 1959),
 * are beyond so many standard deviations in three of five minutes, over when ten minutes in a row are not. The machine runs where the
 * sensor with the most distinct two levels is above the middle. For one thread.
 */
public final class StateLimits implements AlertDetector {

    private static final Duration LEARNING = Duration.ofDays(3);
    private static final long MINUTE_MS = 60_000;
    private static final int RAISE = 3;
    private static final int OF = 0b11111;
    private static final int CLEAR = 10;

    private final List<String> sensors;
    private final double limit;
    private final double weight;
    private final List<double[]> learned = new ArrayList<>();
    private final double[] sum;
    private final int[] count;
    private final double[] averages;
    private final int[] history;
    private double[][][] normal;
    private int switching;
    private double middle;
    private Instant began;
    private long minute = Long.MIN_VALUE;
    private boolean open;
    private int quiet;

    /**
     * @param limit standard deviations, above 0
     * @param weight of the newest minute in the average, above 0; 1 for no averaging
     */
    public StateLimits(List<String> sensors, double limit, double weight) {
        this.sensors = List.copyOf(sensors);
        this.limit = limit;
        this.weight = weight;
        this.sum = new double[sensors.size()];
        this.count = new int[sensors.size()];
        this.averages = new double[sensors.size()];
        this.history = new int[sensors.size()];
    }

    @Override
    public List<Raised> add(SimulatedMachine.Values sample) {
        began = began == null ? sample.time() : began;
        long now = Math.floorDiv(sample.time().toEpochMilli(), MINUTE_MS);
        List<Raised> raised = minute != Long.MIN_VALUE && now != minute ? minute(sample.time()) : List.of();
        minute = now;
        for (int i = 0; i < sum.length; i++) {
            if (!Double.isNaN(sample.values()[i])) {
                sum[i] += sample.values()[i];
                count[i]++;
            }
        }
        return raised;
    }

    private List<Raised> minute(Instant time) {
        var means = new double[sum.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = count[i] == 0 ? Double.NaN : sum[i] / count[i];
        }
        Arrays.fill(sum, 0);
        Arrays.fill(count, 0);
        if (time.isBefore(began.plus(LEARNING))) {
            learned.add(means);
            return List.of();
        }
        if (normal == null) {
            learn();
        }
        return judge(time, means);
    }

    private List<Raised> judge(Instant time, double[] means) {
        int state = running(means) ? 1 : 0;
        int worst = -1;
        double most = 0;
        for (int i = 0; i < means.length; i++) {
            double off = Double.isNaN(means[i]) ? 0 : (means[i] - normal[state][i][0]) / normal[state][i][1];
            averages[i] += weight * (off - averages[i]);
            double size = Math.abs(averages[i]) / Math.sqrt(weight / (2 - weight));
            history[i] = (history[i] << 1 | (size > limit ? 1 : 0)) & OF;
            if (Integer.bitCount(history[i]) >= RAISE && size > most) {
                worst = i;
                most = size;
            }
        }
        quiet = worst >= 0 ? 0 : quiet + 1;
        boolean was = open;
        open = worst >= 0 || open && quiet < CLEAR;
        return open && !was ? List.of(new Raised(time, List.of(sensors.get(worst)))) : List.of();
    }

    private boolean running(double[] means) {
        return means[switching] > middle;
    }

    private void learn() {
        double best = -1;
        for (int i = 0; i < sum.length; i++) {
            int sensor = i;
            double[] values = learned.stream()
                    .mapToDouble(means -> means[sensor])
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            double low = values[values.length / 50];
            double high = values[values.length - 1 - values.length / 50];
            double half = (low + high) / 2;
            double all = deviation(values)[1];
            double within = Math.max(
                    deviation(
                            Arrays.stream(values).filter(value -> value > half).toArray())[1],
                    deviation(
                            Arrays.stream(values).filter(value -> value <= half).toArray())[1]);
            if (all / within > best) {
                best = all / within;
                switching = i;
                middle = half;
            }
        }
        normal = new double[2][sum.length][];
        for (int state = 0; state < 2; state++) {
            boolean running = state == 1;
            for (int i = 0; i < sum.length; i++) {
                int sensor = i;
                normal[state][i] = deviation(learned.stream()
                        .filter(means -> running(means) == running)
                        .mapToDouble(means -> means[sensor])
                        .filter(Double::isFinite)
                        .toArray());
            }
        }
        learned.clear();
    }

    /** Mean and standard deviation, the latter above 0. */
    private static double[] deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        return new double[] {mean, Math.sqrt(variance) + 1e-3 * Math.abs(mean) + 1e-9};
    }
}
