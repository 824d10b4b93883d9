package dev.vorrang.training.mail;

import java.util.List;

/**
 * Mean and deviation of each feature over the rows learnt from, so that no feature counts more for being written in larger
 * numbers. Pure.
 *
 * @param mean {@code [width]}
 * @param deviation {@code [width]}, above 0
 */
record FeatureScale(float[] mean, float[] deviation) {

    /** A feature that moves less counts as one that stands still. */
    private static final double LEAST = 1e-6;

    /** @param rows one or more, {@code [width]} each */
    static FeatureScale of(List<float[]> rows) {
        int width = rows.get(0).length;
        var mean = new float[width];
        var deviation = new float[width];
        for (int feature = 0; feature < width; feature++) {
            double sum = 0;
            for (float[] row : rows) {
                sum += row[feature];
            }
            double middle = sum / rows.size();
            double squares = 0;
            for (float[] row : rows) {
                squares += (row[feature] - middle) * (row[feature] - middle);
            }
            double spread = Math.sqrt(squares / rows.size());
            mean[feature] = (float) middle;
            deviation[feature] = spread < LEAST ? 1 : (float) spread;
        }
        return new FeatureScale(mean, deviation);
    }

    float[] apply(float[] row) {
        var scaled = new float[row.length];
        for (int feature = 0; feature < row.length; feature++) {
            scaled[feature] = (row[feature] - mean[feature]) / deviation[feature];
        }
        return scaled;
    }

    /** The head for features as they are that gives what the given one gives for scaled ones. */
    LinearHead unscaled(LinearHead head) {
        var weights = new float[mean.length][];
        var bias = new double[head.bias().length];
        for (int feature = 0; feature < mean.length; feature++) {
            weights[feature] = head.weights()[feature].clone();
            for (int label = 0; label < bias.length; label++) {
                weights[feature][label] /= deviation[feature];
                bias[label] -= (double) weights[feature][label] * mean[feature];
            }
        }
        var shifted = new float[bias.length];
        for (int label = 0; label < bias.length; label++) {
            shifted[label] = (float) (bias[label] + head.bias()[label]);
        }
        return new LinearHead(weights, shifted);
    }
}
