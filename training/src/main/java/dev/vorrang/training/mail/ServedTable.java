package dev.vorrang.training.mail;

import java.util.LinkedHashMap;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The table in a model that serves: kept as {@link QuantisedTable} has it, a byte for a number, and spread out to single precision
 * when the model is loaded. Behind the columns stands one more, the squares of the weights. Holds operations of a graph, and nothing
 * to close.
 */
final class ServedTable {

    static final String STEPS = "table.steps";
    static final String SQUARES = "table.squares";

    private final Ops tf;
    private final Variable<TUint8> numbers;
    private final Variable<TFloat32> steps;
    private final Variable<TFloat16> squares;
    /** A resource, so that the exporter does not write it: it follows from the others. */
    private final VarHandleOp spread;

    private final Op filling;

    ServedTable(Ops tf, NetworkShape shape) {
        this.tf = tf;
        numbers = tf.withName(MailNetwork.TABLE).variable(Shape.of(shape.rows(), shape.width()), TUint8.class);
        steps = tf.withName(STEPS).variable(Shape.of(shape.rows()), TFloat32.class);
        squares = tf.withName(SQUARES).variable(Shape.of(shape.rows()), TFloat16.class);
        spread = tf.withName("table.spread").varHandleOp(TFloat32.class, Shape.of(shape.rows(), shape.width() + 1L));
        Operand<TFloat32> columns = tf.math.mul(
                tf.math.sub(tf.dtypes.cast(numbers, TFloat32.class), tf.constant(QuantisedTable.ZERO)),
                tf.expandDims(steps, tf.constant(1)));
        Operand<TFloat32> last = tf.expandDims(tf.dtypes.cast(squares, TFloat32.class), tf.constant(1));
        filling = tf.withName("table.fill").assignVariableOp(spread, tf.concat(List.of(columns, last), tf.constant(1)));
    }

    /** {@code float32 [rows, width + 1]}. */
    Operand<TFloat32> rows() {
        return tf.readVariableOp(spread, TFloat32.class);
    }

    /** Fills the table that {@link #rows} reads; to be run once when the variables have been restored. */
    Op filling() {
        return filling;
    }

    void addTo(VariableValues values) {
        values.add(MailNetwork.TABLE, numbers, TUint8.class);
        values.add(STEPS, steps, TFloat32.class);
        values.add(SQUARES, squares, TFloat16.class);
    }

    /** The weights with the table in the form of these variables. */
    Weights values(Weights trained, FeatureWeights featureWeights) {
        QuantisedTable quantised = QuantisedTable.of(trained.values().get(MailNetwork.TABLE), featureWeights);
        var values = new LinkedHashMap<>(trained.values());
        values.put(MailNetwork.TABLE, quantised.values());
        values.put(STEPS, quantised.steps());
        values.put(SQUARES, quantised.squares());
        return new Weights(values);
    }
}
