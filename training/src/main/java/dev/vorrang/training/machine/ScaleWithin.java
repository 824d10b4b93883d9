package dev.vorrang.training.machine;

import java.util.Arrays;

/** Scale of sensors by how they vary within series, where machines may differ by far more. */
final class ScaleWithin {

    /** Least standard deviation, as a part of the mean: what float32 can tell apart. */
    private static final double LEAST = 1e-6;

    private static final double MIN_ABSOLUTE = 1e-9;

    private ScaleWithin() {}

    /** Means of all rows, and one over the standard deviation within series; also of a sensor that stands still. */
    static Scale of(MachineData data) {
        int sensors = data.sensors().size();
        var means = new double[sensors];
        var deviations = new double[sensors];
        for (int i = 0; i < sensors; i++) {
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (MachineSeries series : data.series()) {
                double[] values = known(series, i);
                double mean = Arrays.stream(values).average().orElse(0);
                sum += mean * values.length;
                count += values.length;
                squares += Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum();
            }
            means[i] = count == 0 ? 0 : sum / count;
            deviations[i] = count == 0 ? 1 : Math.sqrt(squares / count);
        }
        return scale(means, deviations);
    }

    private static Scale scale(double[] means, double[] deviations) {
        var centres = new float[means.length];
        var factors = new float[means.length];
        for (int i = 0; i < means.length; i++) {
            centres[i] = (float) means[i];
            factors[i] = (float) (1 / Math.max(deviations[i], LEAST * Math.abs(means[i]) + MIN_ABSOLUTE));
        }
        return new Scale(centres, factors);
    }

    private static double[] known(MachineSeries series, int sensor) {
        return Arrays.stream(series.values())
                .mapToDouble(row -> row[sensor])
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /** Mean squared change of each sensor from row to row, scaled; a missing value repeats the one before. */
    static float[] change(MachineData data, Scale scale) {
        var change = new float[data.sensors().size()];
        for (int i = 0; i < change.length; i++) {
            double sum = 0;
            int count = 0;
            for (MachineSeries series : data.series()) {
                double[] values = known(series, i);
                for (int row = 1; row < values.length; row++) {
                    double off = (values[row] - values[row - 1]) * scale.factors()[i];
                    sum += off * off;
                }
                count += Math.max(0, series.rows() - 1);
            }
            change[i] = count == 0 ? 0 : (float) (sum / count);
        }
        return change;
    }
}
