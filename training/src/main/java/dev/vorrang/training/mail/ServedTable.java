package dev.vorrang.training.mail;

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
 * The table of a reading in a model that serves: kept as {@link QuantisedTable} has it, and spread out to single precision
 * when the model is loaded. Behind the columns stands one more, the squares of the weights. Holds operations of a graph, and nothing
 * to close.
 */
final class ServedTable {

    private final Reading reading;
    private final Variable<TUint8> bytes;
    private final Variable<TFloat32> steps;
    private final Variable<TFloat16> squares;
    private final Kept<TFloat32> spread;

    ServedTable(Ops tf, Reading reading, NetworkShape.Table shape) {
        this.reading = reading;
        int bytesOfARow = shape.width() / QuantisedTable.NUMBERS_IN_A_BYTE;
        bytes = tf.withName(reading.table()).variable(Shape.of(shape.rows(), bytesOfARow), TUint8.class);
        steps = tf.withName(steps(reading)).variable(Shape.of(shape.rows()), TFloat32.class);
        squares = tf.withName(squares(reading)).variable(Shape.of(shape.rows()), TFloat16.class);
        Operand<TFloat32> values = tf.dtypes.cast(bytes, TFloat32.class);
        Operand<TFloat32> left = tf.math.floor(tf.math.div(values, tf.constant(QuantisedTable.UPPER)));
        Operand<TFloat32> right = tf.math.sub(values, tf.math.mul(left, tf.constant(QuantisedTable.UPPER)));
        Operand<TFloat32> columns = tf.math.mul(
                tf.math.sub(tf.concat(List.of(left, right), tf.constant(1)), tf.constant(QuantisedTable.ZERO)),
                tf.expandDims(steps, tf.constant(1)));
        Operand<TFloat32> last = tf.expandDims(tf.dtypes.cast(squares, TFloat32.class), tf.constant(1));
        spread = new Kept<>(
                tf,
                reading.table() + ".spread",
                TFloat32.class,
                Shape.of(shape.rows(), shape.width() + 1L),
                tf.concat(List.of(columns, last), tf.constant(1)));
    }

    /** Name of the steps of a reading's table, {@code [rows]}. */
    static String steps(Reading reading) {
        return reading.table() + ".steps";
    }

    /** Name of the squares of the weights of a reading's table, {@code [rows]}. */
    static String squares(Reading reading) {
        return reading.table() + ".squares";
    }

    /** {@code float32 [rows, width + 1]}. */
    Kept<TFloat32> rows() {
        return spread;
    }

    void addTo(VariableValues values) {
        values.add(reading.table(), bytes, TUint8.class);
        values.add(steps(reading), steps, TFloat32.class);
        values.add(squares(reading), squares, TFloat16.class);
    }

    /** The values of these variables. */
    Weights values(Weights trained, FeatureWeights featureWeights) {
        QuantisedTable quantised = QuantisedTable.of(trained.values().get(reading.table()), featureWeights);
        return new Weights(Map.of(
                reading.table(),
                quantised.bytes(),
                steps(reading),
                quantised.steps(),
                squares(reading),
                quantised.squares()));
    }
}
