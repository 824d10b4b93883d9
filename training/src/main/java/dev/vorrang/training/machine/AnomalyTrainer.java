package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.model.AnomalyBaseline;
import dev.vorrang.scoring.machine.model.AnomalyHead;
import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Learns what is normal from readings without labels, which are taken as normal: {@link NormalBehaviour} of {@link LevelFeatures}. Of
 * one series, levels are compared with its own mean at first; of several, with each one's beginning, as machines differ. What parts
 * kept apart say of themselves calibrates the scores, and is measured.
 */
final class AnomalyTrainer implements KindTrainer {

    private static final int DEFAULT_WINDOW = 60;
    private static final int SHORTEST_WINDOW = 8;
    private static final int PARTS = 4;
    private static final int MIN_ROWS = 40;

    /**
     * What is learnt from.
     *
     * @param table features of each row
     * @param window which rows the model reads
     * @param levels levels of each row, or their distances from the machine's beginning
     * @param blocks means of blocks of rows, of each series
     */
    private record Learnt(FeatureTable table, MachineCard.Window window, double[][] levels, List<LevelBlocks> blocks) {

        static Learnt of(MachineData data, MachineCard.Window window, Scale scale) {
            var features = new LevelFeatures(window, scale, ScaleWithin.change(data, scale));
            var table = FeatureTable.of(data, window, features, (series, row) -> true);
            var blocks = data.series().stream()
                    .map(one -> LevelBlocks.of(one, scale))
                    .toList();
            int sensors = window.sensors().size();
            float[][] levels = Arrays.stream(table.features())
                    .map(row -> part(row, sensors, 0, AnomalyBaseline.SPANS))
                    .toArray(float[][]::new);
            var compared = new ArrayList<double[]>();
            for (int from = 0; from < levels.length; ) {
                int series = table.places().get(from).series();
                int to = from + data.series().get(series).rows();
                float[][] own = Arrays.copyOfRange(levels, from, to);
                compared.addAll(List.of(blocks.size() == 1 ? doubles(own) : AnomalyBaseline.distances(own)));
                from = to;
            }
            return new Learnt(table, window, compared.toArray(double[][]::new), blocks);
        }

        boolean single() {
            return blocks.size() == 1;
        }

        /** Normal behaviour by the rows that are not of a part. */
        NormalBehaviour without(Parts parts, int part) {
            int sensors = window.sensors().size();
            int[] rows = IntStream.range(0, levels.length)
                    .filter(i -> table.places().get(i).row() + 1 >= window.length())
                    .filter(i -> !parts.touches(part, table.places().get(i), window.length()))
                    .toArray();
            var independent = new double[sensors];
            for (int series = 0; series < blocks.size(); series++) {
                int one = series;
                double[] own = blocks.get(series).independent(row -> parts.of(one, row) != part);
                for (int i = 0; i < own.length; i++) {
                    independent[i] += own[i];
                }
            }
            return NormalBehaviour.fit(
                    Arrays.stream(rows).mapToObj(i -> levels[i]).toArray(double[][]::new),
                    doubles(Arrays.stream(rows)
                            .mapToObj(i -> part(table.features()[i], sensors, AnomalyBaseline.SPANS, 1))
                            .toArray(float[][]::new)),
                    independent,
                    !single());
        }

        /** A part, by what was learnt without it: each series of it. */
        List<AnomalyCalibration.Apart> apart(Parts parts, int part) {
            NormalBehaviour behaviour = without(parts, part);
            var apart = new ArrayList<AnomalyCalibration.Apart>();
            for (int series = 0; series < blocks.size(); series++) {
                int one = series;
                int[] rows = IntStream.range(0, levels.length)
                        .filter(i -> table.places().get(i).series() == one)
                        .filter(i -> parts.of(one, table.places().get(i).row()) == part)
                        .toArray();
                if (rows.length > 0) {
                    float[][] outputs = behaviour.outputs(
                            Arrays.stream(rows)
                                    .mapToObj(i -> table.features()[i])
                                    .toArray(float[][]::new),
                            Arrays.stream(rows)
                                    .map(i -> table.places().get(i).row() + 1)
                                    .toArray(),
                            window);
                    apart.add(new AnomalyCalibration.Apart(behaviour, List.of(outputs)));
                }
            }
            return apart;
        }

        /** Some of the features of a row, without what pads them. */
        private static float[] part(float[] row, int sensors, int from, int count) {
            int padded = LevelFeatures.padded(sensors);
            var part = new float[count * sensors];
            for (int i = 0; i < count; i++) {
                System.arraycopy(row, (from + i) * padded, part, i * sensors, sensors);
            }
            return part;
        }

        private static double[][] doubles(float[][] rows) {
            var doubles = new double[rows.length][];
            for (int row = 0; row < rows.length; row++) {
                doubles[row] = new double[rows[row].length];
                for (int i = 0; i < doubles[row].length; i++) {
                    doubles[row][i] = rows[row][i];
                }
            }
            return doubles;
        }
    }

    @Override
    public MachineCard train(MachineData all, MachineTrainingSettings settings, TrainingProgress progress) {
        int[] every = lengths(all);
        int usual = Arrays.stream(every).sorted().toArray()[every.length / 2];
        int length = settings.window().orElse(Math.max(SHORTEST_WINDOW, Math.min(DEFAULT_WINDOW, usual / 5)));
        MachineData data = longEnough(all, Math.max(MIN_ROWS, 2 * length));
        int[] lengths = lengths(data);
        Scale scale = ScaleWithin.of(data);
        var means = IntStream.range(0, scale.means().length)
                .mapToObj(i -> (double) scale.means()[i])
                .toList();
        var window = new MachineCard.Window(length, 0, 1, data.sensors(), means);
        var learnt = Learnt.of(data, window, scale);
        var parts = new Parts(lengths, PARTS);
        progress.started(data.rows(), data.rows(), parts.count());
        var apart = new ArrayList<AnomalyCalibration.Apart>();
        for (int part = 0; part < parts.count(); part++) {
            apart.addAll(learnt.apart(parts, part));
            progress.epochEnded(part + 1, Double.NaN, Double.NaN);
        }
        NormalBehaviour behaviour = learnt.without(parts, Parts.NONE);
        var calibration = AnomalyCalibration.of(apart, behaviour, !learnt.single(), settings.seed());
        write(behaviour, new LevelFeatures(window, scale, ScaleWithin.change(data, scale)), window, settings);
        return MachineExport.withCard(settings.out(), files -> card(all, settings, window, calibration, files));
    }

    /** Series that are too short tell nothing of what is normal later. */
    private static MachineData longEnough(MachineData all, int least) {
        List<MachineSeries> kept =
                all.series().stream().filter(one -> one.rows() >= least).toList();
        if (kept.isEmpty()) {
            throw new TrainingDataException("the longest of " + all.series().size() + " series has "
                    + Arrays.stream(lengths(all)).max().orElse(0) + " rows: allowed is " + least
                    + " or more, as a part of them is kept apart to calibrate on");
        }
        return new MachineData(all.sensors(), kept);
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
                calibration.rowsApart(),
                calibration.oddAtThreshold());
        return new MachineCard(
                settings.name(),
                settings.version(),
                MachineCard.ANOMALY,
                settings.description(),
                MachineExport.signature(
                        window.length(),
                        window.sensors().size(),
                        AnomalyHead.OUTPUT,
                        AnomalyBaseline.OUTPUTS * window.sensors().size()),
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
            float[] centres = behaviour.restlessCentres();
            Variable<TFloat32> centre = tf.variable(Shape.of(centres.length), TFloat32.class);
            Operand<TFloat32> steps =
                    tf.reshape(tf.dtypes.cast(inputs.steps(), TFloat32.class), tf.constant(new int[] {-1, 1}));
            Operand<TFloat32> outputs = behaviour.outputs(tf, features.of(tf, inputs), steps, centre, window);
            try (var session = new Session(graph)) {
                session.runner()
                        .addTarget(tf.assign(centre, tf.constant(centres)))
                        .run()
                        .close();
                MachineExport.write(session, inputs, AnomalyHead.OUTPUT, outputs, settings.out());
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
