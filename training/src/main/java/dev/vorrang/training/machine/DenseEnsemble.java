package dev.vorrang.training.machine;

import dev.vorrang.training.AdamW;
import dev.vorrang.training.NetworkSession;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Several small dense networks that learn side by side in one graph, each from its own part of the rows; together they err less than
 * any of them. They learn by {@link AdamW}, the rate falling along a cosine; noise on the features and
 * dropout. For one thread; whoever makes one closes it.
 */
final class DenseEnsemble implements AutoCloseable {

    /** Features are cut here, so that a reading far beyond the training data does not run away with the answer. */
    private static final float MOST = 6;

    /**
     * @param inputs features of a row
     * @param hidden units of each hidden layer
     * @param outputs numbers that each member gives
     * @param members networks
     */
    record Form(int inputs, List<Integer> hidden, int outputs, int members) {}

    /**
     * @param epochs passes over the rows
     * @param batch rows of a step of each member
     * @param mostSteps steps at most
     * @param rate first rate of Adam
     * @param noise standard deviation of the noise on the scaled features
     * @param dropout share of the hidden units that are dropped
     * @param decay weight decay in each step, times the rate
     */
    record Recipe(int epochs, int batch, int mostSteps, float rate, float noise, float dropout, float decay) {}

    /** What the members are to make small. */
    interface Loss {
        /**
         * @param outputs {@code [members, batch, outputs]}
         * @param targets {@code [members, batch, numbers]}
         * @return the mean, a scalar
         */
        Operand<TFloat32> of(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets);
    }

    /** Hears of each step. */
    interface Listener {
        void step(int step, int steps, float loss);
    }

    private final Form form;
    private final Scale scale;
    private final Recipe recipe;
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> features;
    private final Placeholder<TFloat32> targets;
    private final Operand<TFloat32> answers;
    private final List<Variable<TFloat32>> variables = new ArrayList<>();
    private final AdamW optimizer;

    DenseEnsemble(Form form, Scale scale, int targetWidth, Loss lossOf, Recipe recipe, long seed) {
        this.form = form;
        this.scale = scale;
        this.recipe = recipe;
        Ops tf = Ops.create(graph);
        features = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(form.members(), -1, form.inputs())));
        targets = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(form.members(), -1, targetWidth)));
        shapes(form).forEach(shape -> variables.add(tf.variable(shape, TFloat32.class)));
        answers = layers(tf, scaled(tf, features), variables, layer -> layer);
        Operand<TFloat32> noisy = tf.math.add(
                scaled(tf, features),
                tf.math.mul(
                        tf.random.randomStandardNormal(
                                tf.shape(features),
                                TFloat32.class,
                                org.tensorflow.op.random.RandomStandardNormal.seed(seed),
                                org.tensorflow.op.random.RandomStandardNormal.seed2(seed + 1)),
                        tf.constant(recipe.noise())));
        Operand<TFloat32> answered =
                layers(tf, noisy, variables, layer -> NetworkSession.dropout(tf, layer, recipe.dropout(), seed + 2));
        // A matrix, then its biases.
        optimizer = new AdamW(
                tf,
                lossOf.of(tf, answered, targets),
                variables,
                i -> i % 2 == 0,
                new AdamW.Settings(OptionalDouble.empty(), recipe.decay()));
        var initial = new ArrayList<>(optimizer.initial());
        initialise(tf, initial, new Random(seed));
        session = NetworkSession.open(graph, initial);
    }

    private static List<Shape> shapes(Form form) {
        var sizes = new ArrayList<Integer>();
        sizes.add(form.inputs());
        sizes.addAll(form.hidden());
        sizes.add(form.outputs());
        var shapes = new ArrayList<Shape>();
        for (int layer = 0; layer + 1 < sizes.size(); layer++) {
            shapes.add(Shape.of(form.members(), sizes.get(layer), sizes.get(layer + 1)));
            shapes.add(Shape.of(form.members(), 1, sizes.get(layer + 1)));
        }
        return shapes;
    }

    private Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> raw) {
        return tf.clipByValue(scale.apply(tf, raw), tf.constant(-MOST), tf.constant(MOST));
    }

    private static Operand<TFloat32> layers(
            Ops tf,
            Operand<TFloat32> input,
            List<? extends Operand<TFloat32>> weights,
            java.util.function.UnaryOperator<Operand<TFloat32>> dropout) {
        Operand<TFloat32> layer = input;
        // The gradient of the product has no form for a reference to a variable, so it reads a copy.
        for (int i = 0; i < weights.size(); i += 2) {
            layer = tf.math.add(
                    tf.train.batchMatMul(layer, tf.identity(weights.get(i)), TFloat32.class), weights.get(i + 1));
            if (i + 2 < weights.size()) {
                layer = dropout.apply(tf.nn.relu(layer));
            }
        }
        return layer;
    }

    /** Matrices after He et al., Delving Deep into Rectifiers, 2015, the last a tenth of it; zero biases. */
    private void initialise(Ops tf, List<Op> initial, Random random) {
        for (int i = 0; i < variables.size(); i++) {
            Shape shape = variables.get(i).shape();
            var values = new float[(int) shape.size()];
            if (i % 2 == 0) {
                double deviation = Math.sqrt(2.0 / shape.get(1)) * (i + 2 == variables.size() ? 0.1 : 1);
                for (int j = 0; j < values.length; j++) {
                    values[j] = (float) (random.nextGaussian() * deviation);
                }
            }
            initial.add(tf.assign(variables.get(i), tf.constant(shape, DataBuffers.of(values, true, false))));
        }
    }

    /**
     * Learns.
     *
     * @param rows features of each row, not scaled
     * @param wanted targets of each row
     * @param rowsOf numbers of the rows that each member learns from
     */
    void learn(float[][] rows, float[][] wanted, int[][] rowsOf, Random random, Listener listener) {
        int own = 0;
        for (int[] some : rowsOf) {
            own = Math.max(own, some.length);
        }
        int batch = Math.min(recipe.batch(), own);
        int steps = Math.min(recipe.mostSteps(), Math.max(200, recipe.epochs() * own / batch));
        for (int step = 0; step < steps; step++) {
            var drawn = new int[form.members()][batch];
            for (int member = 0; member < drawn.length; member++) {
                for (int i = 0; i < batch; i++) {
                    drawn[member][i] = rowsOf[member][random.nextInt(rowsOf[member].length)];
                }
            }
            float now = recipe.rate() * 0.5f * (float) (1 + Math.cos(Math.PI * step / steps));
            listener.step(step + 1, steps, step(gather(rows, drawn), gather(wanted, drawn), now));
        }
    }

    private float step(TFloat32 rows, TFloat32 wanted, float now) {
        try (rows;
                wanted) {
            return optimizer.step(session.runner().feed(features, rows).feed(targets, wanted), now);
        }
    }

    /** What each member says: {@code [member][row][output]}. */
    float[][][] answers(float[][] rows) {
        var said = new float[form.members()][rows.length][form.outputs()];
        for (int from = 0; from < rows.length; from += 1024) {
            int size = Math.min(1024, rows.length - from);
            var drawn = new int[form.members()][size];
            for (int[] numbers : drawn) {
                for (int i = 0; i < size; i++) {
                    numbers[i] = from + i;
                }
            }
            try (TFloat32 fed = gather(rows, drawn);
                    Result result =
                            session.runner().feed(features, fed).fetch(answers).run()) {
                var flat = new float[form.members() * size * form.outputs()];
                ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(flat);
                int next = 0;
                for (float[][] member : said) {
                    for (int i = 0; i < size; i++) {
                        System.arraycopy(flat, next, member[from + i], 0, form.outputs());
                        next += form.outputs();
                    }
                }
            }
        }
        return said;
    }

    private static TFloat32 gather(float[][] rows, int[][] numbers) {
        int width = rows[0].length;
        var flat = new float[numbers.length * numbers[0].length * width];
        int next = 0;
        for (int[] some : numbers) {
            for (int number : some) {
                System.arraycopy(rows[number], 0, flat, next, width);
                next += width;
            }
        }
        return TFloat32.tensorOf(Shape.of(numbers.length, numbers[0].length, width), DataBuffers.of(flat, true, false));
    }

    /** What it has learnt, to be used in another graph. */
    Trained trained() {
        return new Trained(form, scale, NetworkSession.values(session, variables));
    }

    /** Trained weights. */
    record Trained(Form form, Scale scale, List<float[]> values) {

        /**
         * The networks as operations of a graph, with variables that {@link #load} fills.
         *
         * @param features {@code [batch, inputs]}, not scaled
         * @return {@code [members, batch, outputs]}
         */
        Operand<TFloat32> apply(Ops tf, Operand<TFloat32> features, List<Variable<TFloat32>> made) {
            for (Shape shape : shapes(form)) {
                made.add(tf.variable(shape, TFloat32.class));
            }
            Operand<TFloat32> scaled = tf.clipByValue(scale.apply(tf, features), tf.constant(-MOST), tf.constant(MOST));
            Operand<TFloat32> forEach =
                    tf.tile(tf.expandDims(scaled, tf.constant(0)), tf.constant(new int[] {form.members(), 1, 1}));
            return layers(tf, forEach, made, layer -> layer);
        }

        /** Fills the variables of a graph. */
        void load(Ops tf, Session session, List<Variable<TFloat32>> made) {
            var assignments = new ArrayList<Op>();
            var tensors = new ArrayList<Tensor>();
            var placeholders = new ArrayList<Placeholder<TFloat32>>();
            for (Variable<TFloat32> variable : made) {
                Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
                placeholders.add(value);
                assignments.add(tf.assign(variable, value));
            }
            try {
                Session.Runner runner = session.runner();
                for (int i = 0; i < made.size(); i++) {
                    TFloat32 tensor =
                            TFloat32.tensorOf(made.get(i).shape(), DataBuffers.of(values.get(i), true, false));
                    tensors.add(tensor);
                    runner.feed(placeholders.get(i), tensor);
                }
                assignments.forEach(runner::addTarget);
                runner.run().close();
            } finally {
                tensors.forEach(Tensor::close);
            }
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
