package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The network that forecasts demand: several members of one form, whose answers are averaged. A member reads the series once, and each
 * step with what it made of the series (as TiDE does: Das et al., Long-term Forecasting with TiDE, 2023); it weighs the simple
 * forecasts of the step (as FFORMA does: Montero-Manso et al., 2020), corrects what comes out to the median and the mean, and spreads
 * quantiles around the median by widths that cannot be negative.
 *
 * @param names number of things known in advance
 * @param levels levels of the quantiles, rising, 0.5 among them
 * @param series units that the series is read into
 * @param hidden units of the layers that read a step
 * @param members networks
 * @param spread factor on the distance of each quantile from the median; 1 as it was learnt
 */
record DemandNetwork(int names, List<Double> levels, int series, int hidden, int members, float spread) {

    private static final double MEDIAN = 0.5;

    DemandNetwork {
        levels = List.copyOf(levels);
        if (!levels.contains(MEDIAN)) {
            throw new IllegalArgumentException("levels " + levels + ": 0.5 must be among them");
        }
    }

    /** The same with its quantiles farther apart. */
    DemandNetwork spreadBy(float factor) {
        return new DemandNetwork(names, levels, series, hidden, members, factor);
    }

    /**
     * What a member answers, in units of the scale from the level.
     *
     * @param quantiles {@code [rows, levels]}
     * @param mean {@code [rows, 1]}
     */
    record Answer(Operand<TFloat32> quantiles, Operand<TFloat32> mean) {}

    /**
     * A row is a step of a window.
     *
     * @param series {@code [windows, SERIES_FEATURES]}
     * @param steps {@code [windows, steps, features]}
     * @param candidates {@code [windows, steps, CANDIDATE_COUNT]}
     */
    record Inputs(Operand<TFloat32> series, Operand<TFloat32> steps, Operand<TFloat32> candidates) {}

    /** Shapes of the variables of a member, matrices and the biases after them. */
    private List<Shape> shapes() {
        int candidates = DemandEncoder.CANDIDATE_COUNT;
        int widths = levels.size() - 1;
        return List.of(
                Shape.of(DemandEncoder.SERIES_FEATURES, series),
                Shape.of(series),
                Shape.of(series, hidden),
                Shape.of(hidden),
                Shape.of(DemandEncoder.stepFeatures(names), hidden),
                Shape.of(hidden),
                Shape.of(hidden, hidden),
                Shape.of(hidden),
                Shape.of(hidden, candidates),
                Shape.of(candidates),
                Shape.of(hidden, 1),
                Shape.of(1),
                Shape.of(hidden, widths),
                Shape.of(widths),
                Shape.of(hidden, 1),
                Shape.of(1));
    }

    /** Where {@link #shapes} has the first matrix of an output. */
    private static final int FIRST_OUTPUT = 8;

    private static final int WIDTHS = 13;

    /** Variables of all members, in the order in which {@link #answers} takes them. */
    List<Variable<TFloat32>> variables(Ops tf) {
        var variables = new ArrayList<Variable<TFloat32>>();
        for (int member = 0; member < members; member++) {
            shapes().forEach(shape -> variables.add(tf.variable(shape, TFloat32.class)));
        }
        return variables;
    }

    /**
     * First values of the variables: matrices after He et al., Delving Deep into Rectifiers, 2015, those of the outputs a tenth of it;
     * the first simple forecast has most of the weight, and quantiles lie half a unit apart.
     */
    List<float[]> initial(Random random) {
        var values = new ArrayList<float[]>();
        for (int member = 0; member < members; member++) {
            int place = 0;
            for (Shape shape : shapes()) {
                var value = new float[(int) shape.size()];
                if (shape.numDimensions() == 2) {
                    double deviation = Math.sqrt(2.0 / shape.get(0)) * (place >= FIRST_OUTPUT ? 0.1 : 1);
                    for (int i = 0; i < value.length; i++) {
                        value[i] = (float) (random.nextGaussian() * deviation);
                    }
                } else if (place == FIRST_OUTPUT + 1) {
                    value[0] = 1;
                } else if (place == WIDTHS) {
                    Arrays.fill(value, -1);
                }
                values.add(value);
                place++;
            }
        }
        return values;
    }

    /**
     * The members as operations.
     *
     * @param variables as {@link #variables} made them, or what reads them
     * @param dropout applied to what the hidden layers give
     */
    List<Answer> answers(
            Ops tf,
            Inputs inputs,
            List<? extends Operand<TFloat32>> variables,
            UnaryOperator<Operand<TFloat32>> dropout) {
        var answers = new ArrayList<Answer>();
        int each = shapes().size();
        for (int member = 0; member < members; member++) {
            answers.add(answer(tf, inputs, variables.subList(member * each, (member + 1) * each), dropout));
        }
        return answers;
    }

    private Answer answer(
            Ops tf,
            Inputs inputs,
            List<? extends Operand<TFloat32>> weights,
            UnaryOperator<Operand<TFloat32>> dropout) {
        Operand<TFloat32> ofSeries = tf.nn.relu(layer(tf, inputs.series(), weights, 0));
        Operand<TFloat32> forSteps = tf.expandDims(layer(tf, ofSeries, weights, 2), tf.constant(1));
        Operand<TFloat32> rows = rows(tf, inputs.steps(), DemandEncoder.stepFeatures(names));
        Operand<TFloat32> steps = perStep(tf, inputs, layer(tf, rows, weights, 4), hidden);
        Operand<TFloat32> first = dropout.apply(tf.nn.relu(rows(tf, tf.math.add(forSteps, steps), hidden)));
        Operand<TFloat32> second = tf.math.add(first, dropout.apply(tf.nn.relu(layer(tf, first, weights, 6))));
        Operand<TFloat32> simple = rows(tf, inputs.candidates(), DemandEncoder.CANDIDATE_COUNT);
        Operand<TFloat32> mixed = tf.reduceSum(
                tf.math.mul(tf.nn.softmax(layer(tf, second, weights, FIRST_OUTPUT)), simple),
                tf.constant(1),
                ReduceSum.keepDims(true));
        Operand<TFloat32> median = tf.math.add(mixed, layer(tf, second, weights, 10));
        Operand<TFloat32> widths = tf.math.softplus(layer(tf, second, weights, 12));
        return new Answer(
                tf.math.add(median, tf.linalg.matMul(widths, tf.constant(StdArrays.ndCopyOf(sums())))),
                tf.math.add(mixed, layer(tf, second, weights, 14)));
    }

    /**
     * Rows as steps of windows.
     *
     * @param rows {@code [windows * steps, width]}
     * @return {@code [windows, steps, width]}
     */
    static Operand<TFloat32> perStep(Ops tf, Inputs inputs, Operand<TFloat32> rows, int width) {
        Operand<TInt32> sizes =
                tf.slice(tf.shape(inputs.steps()), tf.constant(new int[] {0}), tf.constant(new int[] {2}));
        return tf.reshape(rows, tf.concat(List.of(sizes, tf.constant(new int[] {width})), tf.constant(0)));
    }

    private static Operand<TFloat32> layer(
            Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> weights, int place) {
        return tf.math.add(tf.linalg.matMul(input, weights.get(place)), weights.get(place + 1));
    }

    private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> values, int width) {
        return tf.reshape(values, tf.constant(new int[] {-1, width}));
    }

    /** How the widths between neighbours add up to distances from the median. */
    private float[][] sums() {
        int median = levels.indexOf(MEDIAN);
        var sums = new float[levels.size() - 1][levels.size()];
        for (int width = 0; width < sums.length; width++) {
            for (int level = 0; level < levels.size(); level++) {
                if (width >= median && level > width) {
                    sums[width][level] = spread;
                } else if (width < median && level <= width) {
                    sums[width][level] = -spread;
                }
            }
        }
        return sums;
    }
}
