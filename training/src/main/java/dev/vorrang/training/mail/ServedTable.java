package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The tables of a reading in a model that serves, one for each branch: kept as {@link QuantisedTable} has it, and spread out to single
 * precision when the model is loaded. Behind the columns of each stands one more, the squares of its weights. As all have the same
 * number of rows, a row of all of them is fetched at once. Holds operations of a graph, and nothing to close.
 */
final class ServedTable {

    private final Reading reading;
    private final int rowCount;
    private final List<Part> parts = new ArrayList<>();
    private final Kept<TFloat32> spread;

    /** What is kept of a branch. */
    private record Part(Branch branch, Variable<TUint8> bytes, Variable<TFloat32> steps, Variable<TFloat16> squares) {}

    /** @param shapes of each branch, with the same number of rows */
    ServedTable(Ops tf, Reading reading, Map<Branch, NetworkShape> shapes) {
        this.reading = reading;
        rowCount = shapes.values().iterator().next().of(reading).rows();
        var columns = new ArrayList<Operand<TFloat32>>();
        shapes.forEach((branch, shape) -> columns.addAll(columns(tf, branch, shape.of(reading))));
        spread = new Kept<>(
                tf,
                reading.table() + ".spread",
                TFloat32.class,
                Shape.of(rowCount, Columns.of(reading, shapes).all()),
                tf.concat(columns, tf.constant(1)));
    }

    private List<Operand<TFloat32>> columns(Ops tf, Branch branch, NetworkShape.Table shape) {
        if (shape.rows() != rowCount) {
            throw new IllegalArgumentException(
                    branch + " has " + shape.rows() + " rows of " + reading + ", others have " + rowCount);
        }
        int bytesOfARow = shape.width() / QuantisedTable.NUMBERS_IN_A_BYTE;
        var part = new Part(
                branch,
                tf.withName(branch.variable(reading.table())).variable(Shape.of(rowCount, bytesOfARow), TUint8.class),
                tf.withName(branch.variable(steps(reading))).variable(Shape.of(rowCount), TFloat32.class),
                tf.withName(branch.variable(squares(reading))).variable(Shape.of(rowCount), TFloat16.class));
        parts.add(part);
        Operand<TFloat32> values = tf.dtypes.cast(part.bytes(), TFloat32.class);
        Operand<TFloat32> left = tf.math.floor(tf.math.div(values, tf.constant(QuantisedTable.UPPER)));
        Operand<TFloat32> right = tf.math.sub(values, tf.math.mul(left, tf.constant(QuantisedTable.UPPER)));
        Operand<TFloat32> numbers = tf.math.mul(
                tf.math.sub(tf.concat(List.of(left, right), tf.constant(1)), tf.constant(QuantisedTable.ZERO)),
                tf.expandDims(part.steps(), tf.constant(1)));
        return List.of(numbers, tf.expandDims(tf.dtypes.cast(part.squares(), TFloat32.class), tf.constant(1)));
    }

    /** Name of the steps of a reading's table, {@code [rows]}. */
    static String steps(Reading reading) {
        return reading.table() + ".steps";
    }

    /** Name of the squares of the weights of a reading's table, {@code [rows]}. */
    static String squares(Reading reading) {
        return reading.table() + ".squares";
    }

    /** {@code float32 [rows, columns]}, with the columns of {@link Columns}. */
    Kept<TFloat32> rows() {
        return spread;
    }

    int rowCount() {
        return rowCount;
    }

    void addTo(VariableValues values) {
        for (Part part : parts) {
            values.add(part.branch().variable(reading.table()), part.bytes(), TUint8.class);
            values.add(part.branch().variable(steps(reading)), part.steps(), TFloat32.class);
            values.add(part.branch().variable(squares(reading)), part.squares(), TFloat16.class);
        }
    }

    /** The values of the variables of a branch, as they are named within it. */
    static Weights values(Reading reading, TrainedBranch trained) {
        QuantisedTable quantised = QuantisedTable.of(
                trained.weights().values().get(reading.table()),
                trained.featureWeights().get(reading));
        return new Weights(Map.of(
                reading.table(),
                quantised.bytes(),
                steps(reading),
                quantised.steps(),
                squares(reading),
                quantised.squares()));
    }
}
