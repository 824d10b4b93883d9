package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.model.FaultHead;
import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Learns which fault or condition a window shows: an ensemble of discriminants on {@link SegmentFeatures}. Temperature and weights are
 * chosen, and the model is measured, on whole blocks of series that the members did not learn from, for conditions come in runs.
 */
final class FaultTrainer implements KindTrainer {

    private static final int FOLDS = 5;
    private static final int MIN_WINDOWS = 10;
    private static final int MAX_WINDOWS = 20_000;
    private static final int MAX_DEFAULT = 500;
    private static final int DEFAULT_WINDOW = 60;
    private static final double[] TEMPERATURES = {1, 1.5, 2, 3, 4, 6, 8, 12, 16};
    /** Weights are tried in steps of one over this. */
    private static final int WEIGHT_STEPS = 4;

    private static final Set<String> NORMAL = Set.of("normal", "ok", "healthy", "none");

    /** Windows with their classes. */
    private record Windows(FeatureTable table, int[] labels, int[] folds, List<String> names) {

        int[] rows(int fold, boolean within) {
            return IntStream.range(0, labels.length)
                    .filter(row -> (folds[row] == fold) == within)
                    .toArray();
        }

        float[][] features(int[] rows) {
            return Arrays.stream(rows).mapToObj(row -> table.features()[row]).toArray(float[][]::new);
        }

        int[] labels(int[] rows) {
            return Arrays.stream(rows).map(row -> labels[row]).toArray();
        }
    }

    private record Choice(double temperature, double[] shares, double loss, int[][] confusion) {}

    @Override
    public MachineCard train(MachineData data, MachineTrainingSettings settings, TrainingProgress progress) {
        int length = settings.window().orElseGet(() -> window(data));
        Scale sensors = Scale.of(
                data.series().stream()
                        .flatMap(one -> Arrays.stream(one.values()))
                        .toList(),
                data.sensors().size());
        var means = IntStream.range(0, sensors.means().length)
                .mapToObj(i -> (double) sensors.means()[i])
                .toList();
        var window = new MachineCard.Window(length, 0, length, data.sensors(), means);
        var features = new SegmentFeatures(length, sensors);
        Windows windows = windows(data, settings, window, features);
        progress.started(windows.labels().length, windows.labels().length / FOLDS, FOLDS);
        Choice choice = choose(windows, features.running(), settings.seed(), progress);
        var ensemble = DiscriminantEnsemble.fit(
                windows.table().features(),
                windows.labels(),
                windows.names().size(),
                features.running(),
                settings.seed());
        write(ensemble, choice, features, window, settings);
        List<String> normal = windows.names().stream()
                .filter(name -> settings.normal().contains(name)
                        || settings.normal().isEmpty() && NORMAL.contains(name.toLowerCase(java.util.Locale.ROOT)))
                .toList();
        return MachineExport.withCard(
                settings.out(),
                files -> new MachineCard(
                        settings.name(),
                        settings.version(),
                        MachineCard.FAULT,
                        settings.description(),
                        MachineExport.signature(
                                length,
                                data.sensors().size(),
                                FaultHead.OUTPUT,
                                windows.names().size()),
                        MachineExport.columns(settings.columns()),
                        window,
                        null,
                        new MachineCard.Fault(windows.names(), normal),
                        null,
                        Map.of(),
                        MachineExport.training(settings, data, 1),
                        figures(settings, choice),
                        files));
    }

    /** The length of the series where all have one, so that a series is a window; else a usual one. */
    private static int window(MachineData data) {
        int shortest =
                data.series().stream().mapToInt(MachineSeries::rows).min().orElse(0);
        int longest = data.series().stream().mapToInt(MachineSeries::rows).max().orElse(0);
        if (shortest == longest && longest >= 2 && longest <= MAX_DEFAULT) {
            return longest;
        }
        return Math.max(2, Math.min(DEFAULT_WINDOW, longest));
    }

    private static Windows windows(
            MachineData data, MachineTrainingSettings settings, MachineCard.Window window, WindowFeatures features) {
        List<MachineSeries> series = data.series();
        long all = series.stream()
                .mapToLong(one -> Math.max(0, one.rows() - window.length() + 1))
                .sum();
        // Windows that overlap by more than three quarters tell nothing new.
        int stride = (int) Math.max(Math.max(1, window.length() / 4), all / MAX_WINDOWS);
        var table = FeatureTable.of(data, window, features, (number, row) -> {
            MachineSeries one = series.get(number);
            return (one.rows() - 1 - row) % stride == 0 && !one.targets()[row].isEmpty();
        });
        var counts = new TreeMap<String, Integer>();
        table.places().forEach(place -> counts.merge(target(series, place), 1, Integer::sum));
        String column = settings.columns().target().orElseThrow();
        if (counts.size() < 2) {
            throw new TrainingDataException("column '" + column + "' has " + counts.size() + " conditions "
                    + counts.keySet() + " in windows of " + window.length() + " rows: allowed are two or more");
        }
        counts.forEach((name, count) -> {
            if (count < MIN_WINDOWS) {
                throw new TrainingDataException("condition '" + name + "' of column '" + column + "' is in " + count
                        + " windows of " + window.length() + " rows: allowed are " + MIN_WINDOWS + " or more");
            }
        });
        var names = List.copyOf(counts.keySet());
        int[] labels = table.places().stream()
                .mapToInt(place -> names.indexOf(target(series, place)))
                .toArray();
        return new Windows(table, labels, folds(data, table), names);
    }

    private static String target(List<MachineSeries> series, FeatureTable.Place place) {
        return series.get(place.series()).targets()[place.row()];
    }

    /** Blocks of series; of windows, where the series are few. */
    private static int[] folds(MachineData data, FeatureTable table) {
        int windows = table.places().size();
        if (data.series().size() >= 2 * FOLDS) {
            int[] ofSeries = Folds.of(data.series(), FOLDS);
            return table.places().stream()
                    .mapToInt(place -> ofSeries[place.series()])
                    .toArray();
        }
        return IntStream.range(0, windows)
                .map(window -> Folds.ofBlock(window, windows, FOLDS))
                .toArray();
    }

    private static Choice choose(Windows windows, int running, long seed, TrainingProgress progress) {
        int classes = windows.names().size();
        // [temperature][ways][window][class]
        var answers = new double[TEMPERATURES.length][DiscriminantEnsemble.WAYS.size()][windows.labels().length][];
        for (int fold = 0; fold < FOLDS; fold++) {
            int[] learnt = windows.rows(fold, false);
            int[] apart = windows.rows(fold, true);
            if (apart.length == 0
                    || Arrays.stream(windows.labels(learnt)).distinct().count() < 2) {
                continue;
            }
            var ensemble =
                    DiscriminantEnsemble.fit(windows.features(learnt), windows.labels(learnt), classes, running, seed);
            for (int t = 0; t < TEMPERATURES.length; t++) {
                double[][][] said = ensemble.answers(windows.features(apart), TEMPERATURES[t]);
                for (int ways = 0; ways < said.length; ways++) {
                    for (int i = 0; i < apart.length; i++) {
                        answers[t][ways][apart[i]] = said[ways][i];
                    }
                }
            }
            progress.epochEnded(fold + 1, Double.NaN, Double.NaN);
        }
        Choice best = null;
        for (int t = 0; t < TEMPERATURES.length; t++) {
            for (double[] shares : shares()) {
                Choice choice = measure(windows, answers[t], TEMPERATURES[t], shares);
                best = best == null || choice.loss() < best.loss() ? choice : best;
            }
        }
        return best;
    }

    private static List<double[]> shares() {
        var shares = new ArrayList<double[]>();
        for (int first = 0; first <= WEIGHT_STEPS; first++) {
            for (int second = 0; first + second <= WEIGHT_STEPS; second++) {
                int third = WEIGHT_STEPS - first - second;
                shares.add(new double[] {
                    (double) first / WEIGHT_STEPS, (double) second / WEIGHT_STEPS, (double) third / WEIGHT_STEPS
                });
            }
        }
        return shares;
    }

    /** Mean logarithmic loss, each class counting the same. */
    private static Choice measure(Windows windows, double[][][] answers, double temperature, double[] shares) {
        int classes = windows.names().size();
        var losses = new double[classes];
        var counts = new int[classes];
        var confusion = new int[classes][classes];
        for (int row = 0; row < windows.labels().length; row++) {
            if (answers[0][row] == null) {
                continue;
            }
            int label = windows.labels()[row];
            int said = 0;
            var probabilities = new double[classes];
            for (int i = 0; i < classes; i++) {
                for (int ways = 0; ways < shares.length; ways++) {
                    probabilities[i] += shares[ways] * answers[ways][row][i];
                }
                said = probabilities[i] > probabilities[said] ? i : said;
            }
            losses[label] -= Math.log(Math.max(probabilities[label], 1e-6));
            counts[label]++;
            confusion[label][said]++;
        }
        double loss = 0;
        for (int i = 0; i < classes; i++) {
            loss += counts[i] == 0 ? 0 : losses[i] / counts[i];
        }
        return new Choice(temperature, shares, loss / classes, confusion);
    }

    private static List<MachineCard.Figure> figures(MachineTrainingSettings settings, Choice choice) {
        int classes = choice.confusion().length;
        int rows = 0;
        int right = 0;
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            int told = 0;
            int meant = 0;
            for (int j = 0; j < classes; j++) {
                told += choice.confusion()[i][j];
                meant += choice.confusion()[j][i];
            }
            rows += told;
            right += choice.confusion()[i][i];
            sum += told + meant == 0 ? 0 : 2.0 * choice.confusion()[i][i] / (told + meant);
        }
        String name = settings.data().get(0).getFileName().toString();
        return List.of(
                new MachineCard.Figure(name, "validation", "macro-F1", rows, sum / classes),
                new MachineCard.Figure(name, "validation", "accuracy", rows, (double) right / rows),
                new MachineCard.Figure(name, "validation", "log loss", rows, choice.loss()));
    }

    private static void write(
            DiscriminantEnsemble ensemble,
            Choice choice,
            WindowFeatures features,
            MachineCard.Window window,
            MachineTrainingSettings settings) {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var inputs = MachineExport.Inputs.in(
                    tf, window.length(), window.sensors().size());
            var variables = new ArrayList<Variable<TFloat32>>();
            Operand<TFloat32> probabilities =
                    ensemble.apply(tf, features.of(tf, inputs), choice.temperature(), choice.shares(), variables);
            try (var session = new Session(graph)) {
                ensemble.load(tf, session, variables);
                MachineExport.write(session, inputs, FaultHead.OUTPUT, probabilities, settings.out());
            }
        }
    }
}
