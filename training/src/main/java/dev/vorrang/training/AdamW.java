package dev.vorrang.training;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, 2019), as operations of a graph. For one thread.
 */
public final class AdamW {

    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final Operand<TFloat32> loss;
    private final Placeholder<TFloat32> rate;
    private final Placeholder<TFloat32> firstPower;
    private final Placeholder<TFloat32> secondPower;
    private final List<Op> initial = new ArrayList<>();
    private final List<Op> updates = new ArrayList<>();
    private int steps;

    /**
     * @param maxNorm longer gradients, over all variables, are cut to this length; empty leaves them as they are
     * @param decay of weights in each step, times the rate
     */
    public record Settings(OptionalDouble maxNorm, float decay) {}

    /**
     * @param loss a scalar, to be made small
     * @param variables float32, the order is that of {@code decays}
     * @param decays which variables are weights that decay
     */
    public AdamW(
            Ops tf,
            Operand<TFloat32> loss,
            List<Variable<TFloat32>> variables,
            IntPredicate decays,
            Settings settings) {
        this.loss = loss;
        rate = scalar(tf);
        firstPower = scalar(tf);
        secondPower = scalar(tf);
        List<Operand<TFloat32>> gradients = gradients(tf, variables, settings.maxNorm());
        // Variables change in place: no update may start before every gradient has read the old values.
        Ops after = tf.withControlDependencies(new ArrayList<Op>(gradients));
        for (int i = 0; i < variables.size(); i++) {
            Variable<TFloat32> variable = variables.get(i);
            Operand<TFloat32> stepped = after.train.applyAdam(
                    variable,
                    zeros(tf, variable.shape()),
                    zeros(tf, variable.shape()),
                    firstPower,
                    secondPower,
                    rate,
                    tf.constant(FIRST_DECAY),
                    tf.constant(SECOND_DECAY),
                    tf.constant(EPSILON),
                    gradients.get(i));
            updates.add(
                    decays.test(i)
                            ? tf.assignSub(
                                    variable, tf.math.mul(stepped, tf.math.mul(rate, tf.constant(settings.decay()))))
                            : stepped);
        }
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }

    private List<Operand<TFloat32>> gradients(Ops tf, List<Variable<TFloat32>> variables, OptionalDouble maxNorm) {
        var gradients = new ArrayList<Operand<TFloat32>>();
        for (var gradient : tf.gradients(loss, variables)) {
            @SuppressWarnings("unchecked") // Gradients of float32 are float32.
            var typed = (Operand<TFloat32>) gradient.asOutput();
            gradients.add(typed);
        }
        if (maxNorm.isEmpty()) {
            return gradients;
        }
        Operand<TFloat32> squares = tf.constant(0f);
        for (Operand<TFloat32> gradient : gradients) {
            squares = tf.math.add(squares, tf.math.mul(tf.constant(2f), tf.nn.l2Loss(gradient)));
        }
        Operand<TFloat32> most = tf.constant((float) maxNorm.getAsDouble());
        Operand<TFloat32> factor = tf.math.div(most, tf.math.maximum(tf.math.sqrt(squares), most));
        return gradients.stream()
                .<Operand<TFloat32>>map(gradient -> tf.math.mul(gradient, factor))
                .toList();
    }

    private Variable<TFloat32> zeros(Ops tf, Shape shape) {
        Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
        initial.add(tf.assign(variable, tf.fill(tf.constant(shape), tf.constant(0f))));
        return variable;
    }

    /** To be run once, before the first step. */
    public List<Op> initial() {
        return initial;
    }

    /**
     * One step.
     *
     * @param runner with all fed that the loss needs
     * @return the loss before it
     */
    public float step(Session.Runner runner, float rateNow) {
        steps++;
        try (Tensor fedRate = TFloat32.scalarOf(rateNow);
                Tensor first = TFloat32.scalarOf((float) Math.pow(FIRST_DECAY, steps));
                Tensor second = TFloat32.scalarOf((float) Math.pow(SECOND_DECAY, steps))) {
            runner.feed(rate, fedRate)
                    .feed(firstPower, first)
                    .feed(secondPower, second)
                    .fetch(loss);
            updates.forEach(runner::addTarget);
            try (Result result = runner.run()) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }
}
