package dev.vorrang.training.bert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Variables of a graph by name, loaded one at a time. */
public final class BertVariables {

    private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
    private final Map<String, Placeholder<TFloat32>> values = new LinkedHashMap<>();
    private final Map<String, Op> assignments = new LinkedHashMap<>();

    public BertVariables(Ops tf, Map<String, Shape> shapes) {
        Ops load = tf.withSubScope("load");
        shapes.forEach((name, shape) -> {
            // A name given here has no scopes.
            Variable<TFloat32> variable = tf.withName(name.replace('/', '.')).variable(shape, TFloat32.class);
            Placeholder<TFloat32> value = load.placeholder(TFloat32.class, Placeholder.shape(shape));
            variables.put(name, variable);
            values.put(name, value);
            assignments.put(name, load.assign(variable, value));
        });
    }

    /** In the order of the shapes. */
    public Map<String, Variable<TFloat32>> byName() {
        return variables;
    }

    /** @param source gives a value for a name and shape; it is closed here */
    public void load(Session session, BiFunction<String, Shape, TFloat32> source) {
        assignments.forEach((name, assignment) -> {
            try (TFloat32 value = source.apply(name, variables.get(name).shape())) {
                session.runner()
                        .feed(values.get(name), value)
                        .addTarget(assignment)
                        .run()
                        .close();
            }
        });
    }
}
