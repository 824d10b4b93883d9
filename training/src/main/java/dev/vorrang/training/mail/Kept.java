package dev.vorrang.training.mail;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TType;

/**
 * A tensor of a model that serves which is not written with the model, for it follows from what is: it is worked out once, when the
 * model is loaded. Holds operations of a graph, and nothing to close.
 */
final class Kept<T extends TType> {

    private final Ops tf;
    /** A resource, so that the exporter does not write it. By the shared name several are told apart. */
    private final VarHandleOp variable;

    private final Class<T> type;
    private final Op filling;

    /**
     * @param name of the variable, of no other one
     * @param value what the tensor follows from
     */
    Kept(Ops tf, String name, Class<T> type, Shape shape, Operand<T> value) {
        this.tf = tf;
        this.type = type;
        variable = tf.withName(name).varHandleOp(type, shape, VarHandleOp.sharedName(name));
        filling = tf.withName(name + ".fill").assignVariableOp(variable, value);
    }

    Operand<T> value() {
        return tf.readVariableOp(variable, type);
    }

    /** The same, for what is filled along with it. */
    Operand<T> valueOnceFilled() {
        return tf.withControlDependencies(List.of(filling)).readVariableOp(variable, type);
    }

    /** To be run once when the variables have been restored. */
    Op filling() {
        return filling;
    }
}
