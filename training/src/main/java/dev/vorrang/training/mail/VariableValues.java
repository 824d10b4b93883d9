package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Moves weights into and out of the variables of a network. Holds operations of a graph, and nothing to close. */
final class VariableValues {

    private final Ops tf;
    private final Map<String, Variable<? extends TNumber>> variables = new LinkedHashMap<>();
    private final Map<String, Placeholder<TFloat32>> values = new LinkedHashMap<>();
    private final List<Op> assignments = new ArrayList<>();
    private final List<Op> constants = new ArrayList<>();

    VariableValues(Ops tf) {
        this.tf = tf.withSubScope("load");
    }

    /** Has a variable take part; values are converted to its type. */
    <T extends TNumber> void add(String name, Variable<T> variable, Class<T> type) {
        Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
        variables.put(name, variable);
        values.put(name, value);
        assignments.add(tf.assign(variable, tf.dtypes.cast(value, type)));
    }

    /** Has a further variable set to one value whenever weights are loaded. */
    void initialise(Variable<TFloat32> variable, float value) {
        constants.add(tf.assign(variable, tf.fill(tf.constant(variable.shape()), tf.constant(value))));
    }

    void load(Session session, Weights weights) {
        var tensors = new ArrayList<Tensor>();
        try {
            Session.Runner runner = session.runner();
            values.forEach((name, placeholder) -> {
                TFloat32 tensor = TFloat32.tensorOf(
                        placeholder.shape(),
                        org.tensorflow.ndarray.buffer.DataBuffers.of(
                                weights.values().get(name), true, false));
                tensors.add(tensor);
                runner.feed(placeholder, tensor);
            });
            assignments.forEach(runner::addTarget);
            constants.forEach(runner::addTarget);
            runner.run().close();
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    /** The values now, of variables that are all single precision. */
    Weights read(Session session) {
        Session.Runner runner = session.runner();
        variables.values().forEach(runner::fetch);
        var read = new LinkedHashMap<String, float[]>();
        try (Result result = runner.run()) {
            int next = 0;
            for (String name : variables.keySet()) {
                var tensor = (TFloat32) result.get(next++);
                var value = new float[(int) tensor.size()];
                tensor.asRawTensor().data().asFloats().read(value);
                read.put(name, value);
            }
        }
        return new Weights(read);
    }
}
