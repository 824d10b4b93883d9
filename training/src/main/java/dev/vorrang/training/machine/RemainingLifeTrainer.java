package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.scoring.machine.model.RemainingLifeHead;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Learns remaining useful life from machines whose life is known: an ensemble of dense networks on {@link TrendFeatures} gives the
 * expected life and its quantiles. Each network learns without a fifth of the machines; what it says of these calibrates the
 * quantiles, and is measured.
 */
final class RemainingLifeTrainer implements KindTrainer {

    private static final int FOLDS = 5;
    /** How often it tells of its progress. */
    private static final int LOOKS = 20;

    private static final int MEMBERS = 10;
    private static final int LAST_STEPS = 40;
    private static final int BEGINNING = 10;
    private static final double CAP = 125;
    private static final List<Double> LEVELS = List.of(0.1, 0.25, 0.5, 0.75, 0.9);
    private static final int MEDIAN = 1 + LEVELS.indexOf(0.5);
    /** Share of the cases that must lie between the lowest and the highest quantile. */
    private static final double COVERAGE = 0.8;

    /** Rows with up to so many caps of life left are measured. */
    private static final double NEAR = 1.2;

    private static final DenseEnsemble.Recipe RECIPE =
            new DenseEnsemble.Recipe(30, 256, 6_000, 1e-3f, 0.1f, 0.2f, 1e-2f);

    @Override
    public MachineCard train(MachineData data, MachineTrainingSettings settings, TrainingProgress progress) {
        double cap = settings.cap().orElse(CAP);
        double[][] life = life(data, settings);
        requireMachines(data, life);
        int length = settings.window().orElse(LAST_STEPS) + 1;
        Scale sensors = Scale.of(
                data.series().stream()
                        .flatMap(one -> Arrays.stream(one.values()))
                        .toList(),
                data.sensors().size());
        var window = new MachineCard.Window(length, BEGINNING, 1, data.sensors(), means(sensors));
        var features = new TrendFeatures(length, sensors);
        var table = FeatureTable.of(data, window, features, (series, row) -> !Double.isNaN(life[series][row]));
        var wanted = new float[table.places().size()][1];
        for (int i = 0; i < wanted.length; i++) {
            FeatureTable.Place place = table.places().get(i);
            wanted[i][0] = (float) (Math.min(life[place.series()][place.row()], cap) / cap * 2 - 1);
        }
        int[] folds = Folds.of(data.series(), FOLDS);
        var random = new Random(settings.seed());
        var form = new DenseEnsemble.Form(features.count(), List.of(64, 32), 1 + LEVELS.size(), MEMBERS);
        try (var ensemble = new DenseEnsemble(
                form, Scale.ofFeatures(table.features()), 1, RemainingLifeTrainer::loss, RECIPE, settings.seed())) {
            int[][] rowsOf = rowsOf(table, folds);
            progress.started(wanted.length, wanted.length / FOLDS, LOOKS);
            ensemble.learn(table.features(), wanted, rowsOf, random, (step, steps, loss) -> {
                if (step == steps || step % Math.max(1, steps / LOOKS) == 0) {
                    progress.epochEnded(step, loss, Double.NaN);
                }
            });
            float[][] apart = apart(ensemble.answers(table.features()), table, folds, cap);
            List<Case> cases = cases(table, apart, life, cap);
            double width = width(cases, cap);
            var figures = figures(settings, cases, cap, width);
            write(ensemble.trained(), features, window, cap, width, settings);
            return MachineExport.withCard(
                    settings.out(),
                    files -> new MachineCard(
                            settings.name(),
                            settings.version(),
                            MachineCard.REMAINING_LIFE,
                            settings.description(),
                            MachineExport.signature(
                                    length, data.sensors().size(), RemainingLifeHead.OUTPUT, 1 + LEVELS.size()),
                            MachineExport.columns(settings.columns()),
                            window,
                            null,
                            null,
                            new MachineCard.RemainingLife(LEVELS, cap),
                            Map.of(),
                            MachineExport.training(settings, data, RECIPE.epochs()),
                            figures,
                            files));
        }
    }

    /** Remaining life of each row of each series, NaN where it is not known. */
    private static double[][] life(MachineData data, MachineTrainingSettings settings) {
        var life = new double[data.series().size()][];
        for (int i = 0; i < life.length; i++) {
            MachineSeries series = data.series().get(i);
            life[i] = Arrays.stream(series.targets())
                    .mapToDouble(target -> number(series, target, settings.columns()))
                    .toArray();
        }
        return life;
    }

    private static double number(MachineSeries series, String target, MachineColumns columns) {
        if (target.isEmpty()) {
            return Double.NaN;
        }
        try {
            double life = Double.parseDouble(target);
            if (life >= 0 && life < 1e12) {
                return life;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new TrainingDataException("data file " + series.file() + ", machine '" + series.machine() + "', column '"
                + columns.target().orElseThrow() + "': remaining life '" + target + "', allowed are numbers from 0");
    }

    private static void requireMachines(MachineData data, double[][] life) {
        long known = Arrays.stream(life)
                .filter(rows -> Arrays.stream(rows).anyMatch(value -> !Double.isNaN(value)))
                .count();
        if (known < FOLDS) {
            throw new TrainingDataException("remaining life is known of " + known + " machines: allowed is " + FOLDS
                    + " or more, as a part of them is kept apart to check on; found are "
                    + data.series().stream()
                            .map(MachineSeries::machine)
                            .distinct()
                            .limit(10)
                            .toList());
        }
    }

    private static List<Double> means(Scale scale) {
        return IntStream.range(0, scale.means().length)
                .mapToObj(i -> (double) scale.means()[i])
                .toList();
    }

    /** Squared error of the expected life, and the pinball loss of its quantiles (Koenker and Bassett, 1978). */
    private static Operand<TFloat32> loss(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
        var levels = new float[1 + LEVELS.size()];
        var squared = new float[levels.length];
        squared[0] = 1;
        for (int i = 0; i < LEVELS.size(); i++) {
            levels[i + 1] = LEVELS.get(i).floatValue();
        }
        Operand<TFloat32> off = tf.math.sub(targets, outputs);
        Operand<TFloat32> squares = tf.math.mul(tf.math.square(off), tf.constant(squared));
        Operand<TFloat32> above = tf.math.mul(tf.nn.relu(off), tf.constant(levels));
        var rest = new float[levels.length];
        for (int i = 1; i < rest.length; i++) {
            rest[i] = 1 - levels[i];
        }
        Operand<TFloat32> below = tf.math.mul(tf.nn.relu(tf.math.neg(off)), tf.constant(rest));
        Operand<TFloat32> each = tf.reduceSum(tf.math.add(squares, tf.math.add(above, below)), tf.constant(2));
        return tf.reduceSum(tf.math.mean(each, tf.constant(1)), tf.constant(0));
    }

    /** Each member learns from all folds but one. */
    private static int[][] rowsOf(FeatureTable table, int[] folds) {
        var rows = new int[MEMBERS][];
        for (int member = 0; member < MEMBERS; member++) {
            int without = member % FOLDS;
            rows[member] = IntStream.range(0, table.places().size())
                    .filter(i -> folds[table.places().get(i).series()] != without)
                    .toArray();
        }
        return rows;
    }

    /** What the members that did not learn from a row say of it, in the unit of the target. */
    private static float[][] apart(float[][][] answers, FeatureTable table, int[] folds, double cap) {
        var apart = new float[table.places().size()][1 + LEVELS.size()];
        for (int row = 0; row < apart.length; row++) {
            int fold = folds[table.places().get(row).series()];
            for (int member = fold; member < MEMBERS; member += FOLDS) {
                for (int i = 0; i < apart[row].length; i++) {
                    apart[row][i] += (answers[member][row][i] + 1) / 2 * (float) cap * FOLDS / MEMBERS;
                }
            }
        }
        return apart;
    }

    /**
     * A row that the model is measured on.
     *
     * @param truth remaining life, at most the cap
     * @param said expected life and quantiles, by members that did not learn from it
     */
    private record Case(double truth, float[] said) {

        double median() {
            return said[MEDIAN];
        }

        /** How much wider than learnt the interval would have to be to hold the truth. */
        double needed(double cap) {
            double reach = truth < median() ? median() - said[1] : said[LEVELS.size()] - median();
            boolean held = truth == cap && said[LEVELS.size()] >= cap || truth == 0 && said[1] <= 0;
            return held ? 0 : Math.abs(truth - median()) / Math.max(reach, 1e-3 * cap);
        }

        double error(double cap) {
            return Math.max(0, Math.min(cap, said[0])) - truth;
        }
    }

    /** The rows near the end of a life, where the answer counts; far from it every answer is the cap. */
    private static List<Case> cases(FeatureTable table, float[][] apart, double[][] life, double cap) {
        var cases = new ArrayList<Case>();
        for (int row = 0; row < apart.length; row++) {
            FeatureTable.Place place = table.places().get(row);
            double truth = life[place.series()][place.row()];
            if (truth <= NEAR * cap) {
                cases.add(new Case(Math.min(truth, cap), apart[row]));
            }
        }
        return cases;
    }

    /** Factor on the distance of the quantiles from the median that gives them the coverage they should have. */
    private static double width(List<Case> cases, double cap) {
        double[] needed =
                cases.stream().mapToDouble(one -> one.needed(cap)).sorted().toArray();
        return needed.length == 0 ? 1 : needed[(int) Math.min(needed.length - 1, COVERAGE * needed.length)];
    }

    private static List<MachineCard.Figure> figures(
            MachineTrainingSettings settings, List<Case> cases, double cap, double width) {
        String name = settings.data().get(0).getFileName().toString();
        int rows = cases.size();
        double squares = cases.stream()
                .mapToDouble(one -> one.error(cap) * one.error(cap))
                .sum();
        long covered = cases.stream().filter(one -> one.needed(cap) <= width).count();
        return List.of(
                new MachineCard.Figure(name, "validation", "RMSE", rows, Math.sqrt(squares / rows)),
                new MachineCard.Figure(
                        name, "validation", "coverage of the 80 % interval", rows, (double) covered / rows));
    }

    private static void write(
            DenseEnsemble.Trained trained,
            WindowFeatures features,
            MachineCard.Window window,
            double cap,
            double width,
            MachineTrainingSettings settings) {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var inputs = MachineExport.Inputs.in(
                    tf, window.length(), window.sensors().size());
            var variables = new ArrayList<Variable<TFloat32>>();
            Operand<TFloat32> members = trained.apply(tf, features.of(tf, inputs), variables);
            Operand<TFloat32> scaled = tf.math.mul(
                    tf.math.add(tf.math.mean(members, tf.constant(0)), tf.constant(1f)), tf.constant((float) cap / 2));
            Operand<TFloat32> life =
                    tf.clipByValue(widened(tf, scaled, width), tf.constant(0f), tf.constant((float) cap));
            try (var session = new Session(graph)) {
                trained.load(tf, session, variables);
                MachineExport.write(session, inputs, RemainingLifeHead.OUTPUT, rising(tf, life), settings.out());
            }
        }
    }

    private static Operand<TFloat32> widened(Ops tf, Operand<TFloat32> life, double width) {
        Operand<TFloat32> median = column(tf, life, MEDIAN);
        var factors = new float[1 + LEVELS.size()];
        Arrays.fill(factors, (float) width);
        factors[0] = 1;
        return tf.math.add(median, tf.math.mul(tf.math.sub(life, median), tf.constant(factors)));
    }

    /** Quantiles that never fall, though each was learnt on its own. */
    private static Operand<TFloat32> rising(Ops tf, Operand<TFloat32> life) {
        var columns = new ArrayList<Operand<TFloat32>>();
        columns.add(column(tf, life, 0));
        for (int i = 1; i <= LEVELS.size(); i++) {
            Operand<TFloat32> column = column(tf, life, i);
            columns.add(i == 1 ? column : tf.math.maximum(column, columns.get(i - 1)));
        }
        return tf.concat(columns, tf.constant(1));
    }

    private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> numbers, int column) {
        return tf.slice(numbers, tf.constant(new int[] {0, column}), tf.constant(new int[] {-1, 1}));
    }
}
