package dev.vorrang.training.machine;

import dev.vorrang.scoring.model.MachineCard;
import dev.vorrang.scoring.model.WindowAnomalyModel;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Learns what is normal from readings without labels, which are taken as normal: {@link NormalBehaviour} of {@link LevelFeatures}. Of
 * one series, levels are compared with its own mean; of several, with each one's beginning, as machines differ. What parts kept
 * apart say of themselves calibrates the scores, and is measured.
 */
final class AnomalyTrainer implements KindTrainer {

    private static final int DEFAULT_WINDOW = 60;
    private static final int LONGEST_BEGINNING = 200;
    private static final int PARTS = 4;
    private static final int LEAST_ROWS = 40;

    /**
     * What is learnt from.
     *
     * @param table features of each row
     * @param window which rows the model reads
     * @param levels scaled means of blocks of rows, of each series
     */
    private record Learnt(FeatureTable table, MachineCard.Window window, List<LevelBlocks> levels) {

        boolean single() {
            return levels.size() == 1;
        }

        /** Normal behaviour by the rows that are not of a part. */
        NormalBehaviour without(Parts parts, int part) {
            int full = single() ? LevelFeatures.changes(window) : window.beginning();
            float[][] rows = IntStream.range(0, table.places().size())
                    .filter(i -> table.places().get(i).row() >= full)
                    .filter(i -> !parts.touches(part, table.places().get(i), window.length()))
                    .mapToObj(i -> table.features()[i])
                    .toArray(float[][]::new);
            var independent = new double[window.sensors().size()];
            for (int series = 0; series < levels.size(); series++) {
                int one = series;
                double[] own = levels.get(series)
                        .independent(single() ? 0 : window.beginning(), row -> parts.of(one, row) != part);
                Arrays.setAll(independent, i -> independent[i] + own[i]);
            }
            return NormalBehaviour.fit(rows, independent, !single());
        }

        /** Oddness of each row of a part, or of all where the part is {@link Parts#NONE}, by series. */
        void oddness(NormalBehaviour behaviour, Parts parts, int part, double[][] into) {
            int[] rows = IntStream.range(0, table.places().size())
                    .filter(i -> parts.of(
                                    table.places().get(i).series(),
                                    table.places().get(i).row())
                            == part)
                    .toArray();
            double[] odd = behaviour.oddness(
                    Arrays.stream(rows).mapToObj(i -> table.features()[i]).toArray(float[][]::new),
                    Arrays.stream(rows)
                            .map(i -> table.places().get(i).row() + 1)
                            .toArray(),
                    window);
            for (int i = 0; i < rows.length; i++) {
                FeatureTable.Place place = table.places().get(rows[i]);
                into[place.series()][place.row()] = odd[i];
            }
        }
    }

    @Override
    public MachineCard train(MachineData data, MachineTrainingSettings settings, TrainingProgress progress) {
        requireRows(data);
        boolean single = data.series().size() == 1;
        int[] lengths =
                data.series().stream().mapToInt(MachineSeries::rows).sorted().toArray();
        int usual = lengths[lengths.length / 2];
        int last = settings.window().orElse(Math.max(8, Math.min(DEFAULT_WINDOW, usual / 5)));
        int beginning = single ? 0 : Math.max(1, Math.min(LONGEST_BEGINNING, usual / 2));
        Scale scale = ScaleWithin.of(data);
        var means = IntStream.range(0, scale.means().length)
                .mapToObj(i -> (double) scale.means()[i])
                .toList();
        var window = new MachineCard.Window(last + (single ? 0 : 1), beginning, 1, data.sensors(), means);
        var features = new LevelFeatures(window, scale, ScaleWithin.change(data, scale));
        var table = FeatureTable.of(data, window, features, (series, row) -> true);
        var learnt = new Learnt(
                table,
                window,
                data.series().stream().map(one -> LevelBlocks.of(one, scale)).toList());
        var parts = new Parts(lengths(data), PARTS);
        progress.started(data.rows(), data.rows(), parts.count());
        var apart = new double[data.series().size()][];
        Arrays.setAll(apart, i -> new double[data.series().get(i).rows()]);
        for (int part = 0; part < parts.count(); part++) {
            learnt.oddness(learnt.without(parts, part), parts, part, apart);
            progress.epochEnded(part + 1, Double.NaN, Double.NaN);
        }
        NormalBehaviour behaviour = learnt.without(parts, Parts.NONE);
        var calibration = AnomalyCalibration.of(List.of(apart), behaviour, settings.seed());
        write(behaviour, features, window, settings);
        return MachineExport.withCard(settings.out(), files -> card(data, settings, window, calibration, files));
    }

    private static void requireRows(MachineData data) {
        if (data.series().stream().mapToInt(MachineSeries::rows).max().orElse(0) < LEAST_ROWS) {
            throw new TrainingDataException("the longest of " + data.series().size() + " series has "
                    + data.series().stream().mapToInt(MachineSeries::rows).max().orElse(0)
                    + " rows: allowed is " + LEAST_ROWS + " or more, as a part of them is kept apart to calibrate on");
        }
    }

    private static int[] lengths(MachineData data) {
        return data.series().stream().mapToInt(MachineSeries::rows).toArray();
    }

    private static MachineCard card(
            MachineData data,
            MachineTrainingSettings settings,
            MachineCard.Window window,
            AnomalyCalibration calibration,
            Map<String, String> files) {
        var figure = new MachineCard.Figure(
                settings.data().get(0).getFileName().toString(),
                "validation",
                "false-alarm rate at the threshold",
                data.rows(),
                calibration.oddAtThreshold());
        return new MachineCard(
                settings.name(),
                settings.version(),
                MachineCard.ANOMALY,
                settings.description(),
                MachineExport.signature(
                        window.length(),
                        window.sensors().size(),
                        WindowAnomalyModel.OUTPUT,
                        window.sensors().size()),
                MachineExport.columns(settings.columns()),
                window,
                new MachineCard.Anomaly(AnomalyCalibration.THRESHOLD),
                null,
                null,
                calibration.parameters(),
                MachineExport.training(settings, data, 1),
                List.of(figure),
                files);
    }

    private static void write(
            NormalBehaviour behaviour,
            WindowFeatures features,
            MachineCard.Window window,
            MachineTrainingSettings settings) {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var inputs = MachineExport.Inputs.in(
                    tf, window.length(), window.sensors().size());
            Variable<TFloat32> centres = behaviour.variable(tf);
            Operand<TFloat32> steps =
                    tf.reshape(tf.dtypes.cast(inputs.steps(), TFloat32.class), tf.constant(new int[] {-1, 1}));
            Operand<TFloat32> evidence = behaviour.evidence(tf, features.of(tf, inputs), steps, centres, window);
            try (var session = new Session(graph)) {
                behaviour.load(tf, session, centres);
                MachineExport.write(session, inputs, WindowAnomalyModel.OUTPUT, evidence, settings.out());
            }
        }
    }

    /**
     * Parts that take turns in being kept apart: whole series where there are several, else whole blocks of rows.
     *
     * @param lengths rows of each series
     * @param most parts at most
     */
    private record Parts(int[] lengths, int most) {

        static final int NONE = -1;

        int count() {
            return lengths.length == 1 ? most : Math.min(most, lengths.length);
        }

        int of(int series, int row) {
            return lengths.length == 1
                    ? (int) ((long) row * most / lengths[0])
                    : Folds.ofBlock(series, lengths.length, count());
        }

        /** Whether a window that ends at a place has rows of a part. */
        boolean touches(int part, FeatureTable.Place place, int length) {
            int first = Math.max(0, place.row() - length + 1);
            return part != NONE && of(place.series(), first) <= part && part <= of(place.series(), place.row());
        }
    }
}
