package dev.vorrang.training.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * Subclass discriminant analysis (Zhu and Martinez, 2006): a class is a mixture of normal distributions, one for each way in which
 * the machine runs, with one covariance for all. The logarithm of the density of each is linear in the features, up to what all have
 * in common, so it serves as a linear layer; its weights follow from means and covariance without descent.
 *
 * @param weights {@code [subclass][feature]}
 * @param biases of each subclass
 * @param classes class of each subclass
 */
record SubclassDiscriminant(float[][] weights, float[] biases, int[] classes) {

    /** Added to the covariance's diagonal, as a part of its mean; small, as faults may hide where the features hardly vary. */
    private static final double SHRINKAGE = 0.003;
    /** A subclass with fewer windows is taken as chance, where its class has others. */
    private static final int MIN_WINDOWS = 4;

    private static final int MAX_ITERATIONS = 50;

    /**
     * @param rows features of each window, scaled
     * @param labels class of each
     * @param ways how the machine ran in each window, 0 to below so many ways
     */
    static SubclassDiscriminant fit(float[][] rows, int[] labels, int[] ways) {
        int most = Arrays.stream(ways).max().orElse(0) + 1;
        int width = rows[0].length;
        int[] subclasses = subclasses(labels, ways, most);
        var sums = new double[(Arrays.stream(labels).max().orElse(0) + 1) * most][];
        var counts = new int[sums.length];
        for (int row = 0; row < rows.length; row++) {
            int subclass = subclasses[row];
            sums[subclass] = sums[subclass] == null ? new double[width] : sums[subclass];
            counts[subclass]++;
            for (int i = 0; i < width; i++) {
                sums[subclass][i] += rows[row][i];
            }
        }
        for (int subclass = 0; subclass < sums.length; subclass++) {
            for (int i = 0; i < width && counts[subclass] > 0; i++) {
                sums[subclass][i] /= counts[subclass];
            }
        }
        var off = new float[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            double[] mean = sums[subclasses[row]];
            for (int i = 0; i < width; i++) {
                off[row * width + i] = (float) (rows[row][i] - mean[i]);
            }
        }
        int[] largest = largest(counts, most);
        var kept = new ArrayList<double[]>();
        var classes = new ArrayList<Integer>();
        for (int subclass = 0; subclass < sums.length; subclass++) {
            // No class is left out, be its windows ever so few.
            if (counts[subclass] > 0 && (counts[subclass] >= MIN_WINDOWS || largest[subclass / most] < MIN_WINDOWS)) {
                kept.add(sums[subclass]);
                classes.add(subclass / most);
            }
        }
        return solved(off, rows.length, kept, classes);
    }

    /** The subclass of each row. A class whose windows are too few for any of the ways has one subclass, the first. */
    private static int[] subclasses(int[] labels, int[] ways, int most) {
        var counts = new int[(Arrays.stream(labels).max().orElse(0) + 1) * most];
        for (int row = 0; row < labels.length; row++) {
            counts[labels[row] * most + ways[row]]++;
        }
        int[] largest = largest(counts, most);
        return IntStream.range(0, labels.length)
                .map(row -> labels[row] * most + (largest[labels[row]] < MIN_WINDOWS ? 0 : ways[row]))
                .toArray();
    }

    /** Windows of the largest subclass of each class. */
    private static int[] largest(int[] counts, int most) {
        var largest = new int[counts.length / most];
        for (int subclass = 0; subclass < counts.length; subclass++) {
            largest[subclass / most] = Math.max(largest[subclass / most], counts[subclass]);
        }
        return largest;
    }

    private static SubclassDiscriminant solved(float[] off, int rows, List<double[]> means, List<Integer> classes) {
        int width = means.get(0).length;
        double[] solved = solve(off, rows, means);
        var centre = new double[width];
        double meanBias = 0;
        var biases = new double[means.size()];
        for (int subclass = 0; subclass < biases.length; subclass++) {
            for (int i = 0; i < width; i++) {
                double weight = solved[i * biases.length + subclass];
                biases[subclass] -= 0.5 * weight * means.get(subclass)[i];
                centre[i] += weight / biases.length;
            }
            meanBias += biases[subclass] / biases.length;
        }
        // What all subclasses share cancels out, and would cost precision.
        var weights = new float[biases.length][width];
        var centred = new float[biases.length];
        for (int subclass = 0; subclass < biases.length; subclass++) {
            for (int i = 0; i < width; i++) {
                weights[subclass][i] = (float) (solved[i * biases.length + subclass] - centre[i]);
            }
            centred[subclass] = (float) (biases[subclass] - meanBias);
        }
        return new SubclassDiscriminant(
                weights, centred, classes.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Inverse of the covariance times the means: {@code [feature, subclass]}. */
    private static double[] solve(float[] off, int rows, List<double[]> means) {
        int width = means.get(0).length;
        var flat = new double[means.size() * width];
        for (int subclass = 0; subclass < means.size(); subclass++) {
            System.arraycopy(means.get(subclass), 0, flat, subclass * width, width);
        }
        try (var graph = new Graph();
                var session = new Session(graph);
                TFloat32 offs = TFloat32.tensorOf(Shape.of(rows, width), DataBuffers.of(off, true, false));
                TFloat64 wanted = TFloat64.tensorOf(Shape.of(means.size(), width), DataBuffers.of(flat, true, false))) {
            Ops tf = Ops.create(graph);
            var residuals = tf.placeholder(TFloat32.class);
            var centres = tf.placeholder(TFloat64.class);
            var doubles = tf.dtypes.cast(residuals, TFloat64.class);
            var covariance = tf.math.div(
                    tf.linalg.matMul(doubles, doubles, MatMul.transposeA(true)), tf.constant((double) rows));
            var diagonal = tf.linalg.tensorDiagPart(covariance);
            var ridge = tf.fill(
                    tf.constant(new int[] {width}),
                    tf.math.add(
                            tf.math.mul(tf.math.mean(diagonal, tf.constant(0)), tf.constant(SHRINKAGE)),
                            tf.constant(1e-9)));
            var solution = tf.linalg.solve(
                    tf.math.add(covariance, tf.linalg.tensorDiag(ridge)),
                    tf.linalg.transpose(centres, tf.constant(new int[] {1, 0})));
            try (Result result = session.runner()
                    .feed(residuals, offs)
                    .feed(centres, wanted)
                    .fetch(solution)
                    .run()) {
                var values = new double[width * means.size()];
                ((TFloat64) result.get(0)).asRawTensor().data().asDoubles().read(values);
                return values;
            }
        }
    }

    /** Ways in which the machine ran: k-means++ on how it ran in each window. */
    static int[] ways(float[][] rows, int running, int ways, long seed) {
        var way = new int[rows.length];
        if (ways < 2 || rows.length <= ways) {
            return way;
        }
        var points = new ArrayList<Numbered>();
        for (int row = 0; row < rows.length; row++) {
            var point = new double[running];
            for (int i = 0; i < running; i++) {
                point[i] = rows[row][i];
            }
            points.add(new Numbered(row, point));
        }
        var clusterer = new KMeansPlusPlusClusterer<Numbered>(
                ways, MAX_ITERATIONS, new EuclideanDistance(), new Well19937c(seed));
        List<CentroidCluster<Numbered>> clusters = clusterer.cluster(points);
        for (int cluster = 0; cluster < clusters.size(); cluster++) {
            for (Numbered point : clusters.get(cluster).getPoints()) {
                way[point.row] = cluster;
            }
        }
        return way;
    }

    private static final class Numbered extends DoublePoint {

        private static final long serialVersionUID = 1;

        private final int row;

        Numbered(int row, double[] point) {
            super(point);
            this.row = row;
        }
    }

    /** Probability of each class, the scores divided by the temperature before the softmax. */
    double[] probabilities(float[] row, int count, double temperature) {
        var scores = new double[biases.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int subclass = 0; subclass < scores.length; subclass++) {
            double score = biases[subclass];
            for (int i = 0; i < row.length; i++) {
                score += weights[subclass][i] * row[i];
            }
            scores[subclass] = score / temperature;
            most = Math.max(most, scores[subclass]);
        }
        var probabilities = new double[count];
        double sum = 0;
        for (int subclass = 0; subclass < scores.length; subclass++) {
            double part = Math.exp(scores[subclass] - most);
            probabilities[classes[subclass]] += part;
            sum += part;
        }
        for (int i = 0; i < count; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
