package dev.vorrang.training.machine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.ingest.reading.ReadingTime;
import dev.vorrang.scoring.machine.SensorSurprise;
import dev.vorrang.scoring.machine.model.GeneralAnomalyModel;
import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.training.TrainingDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Trains the general anomaly model: finds the weights of the ways to see a value that score best on series with known anomalies, and
 * calibrates how rare evidence is where the series are normal.
 */
public final class GeneralAnomalyTrainer {

    private static final double THRESHOLD = 0.99;
    private static final int WAYS = SensorSurprise.FEATURES - 2;

    /**
     * Of a lasting shift of a sensor's level: with it, a level that never was so far off before is as odd as one step in a thousand
     * or so. It counts instead of the ways where it says more: known anomalies that are rewarded for their first rows tell nothing of
     * those that last.
     */
    private static final float SHIFT = 0.36f;

    /** Few, so that what is found on a hundred anomalies holds for others. */
    private static final float[] WEIGHTS = {0, 1, 2};

    /** A weight other than 1 must gain so much. */
    private static final double MIN_GAIN = 0.3;

    /** A univariate series with its anomalies. */
    private record Series(String folder, float[][] features, List<int[]> windows) {}

    private record Choice(float[] weights, double score) {}

    private GeneralAnomalyTrainer() {}

    /**
     * Trains from a folder of folders of series, {@code timestamp,value} each, and their {@code windows.json}: from the path of each
     * series to the first and last time of each anomaly. The card tells what came of it.
     *
     * @param args folder of the series, folder to write the version into, version
     */
    public static void main(String[] args) throws IOException {
        train(Path.of(args[0]), Path.of(args[1]), args[2]);
    }

    static MachineCard train(Path folder, Path out, String version) throws IOException {
        List<Series> series = read(folder);
        Choice choice = choose(series);
        var figures = new ArrayList<MachineCard.Figure>();
        figures.add(figure("all", "training", series, choice));
        for (String apart : series.stream().map(Series::folder).distinct().toList()) {
            List<Series> others =
                    series.stream().filter(one -> !one.folder().equals(apart)).toList();
            List<Series> own =
                    series.stream().filter(one -> one.folder().equals(apart)).toList();
            if (own.stream().anyMatch(one -> !one.windows().isEmpty())) {
                figures.add(figure(apart, "validation", own, choose(others)));
            }
        }
        Files.createDirectories(out);
        export(choice, out);
        return MachineExport.withCard(out, files -> card(series, choice, version, figures, files));
    }

    private static MachineCard card(
            List<Series> series,
            Choice choice,
            String version,
            List<MachineCard.Figure> figures,
            Map<String, String> files) {
        var rows = new TreeMap<String, Integer>();
        series.forEach(one -> rows.merge(one.folder(), one.features().length, Integer::sum));
        return new MachineCard(
                "machine-anomaly",
                version,
                MachineCard.GENERAL_ANOMALY,
                "Scores any sensor against its own past, without having been trained on it.",
                new ModelCard.Signature(GeneralAnomalyModel.inputs(), GeneralAnomalyModel.outputs()),
                null,
                null,
                new MachineCard.Anomaly(THRESHOLD),
                null,
                null,
                GeneralAnomalyModel.calibration(normal(series, choice)),
                new ModelCard.Training(
                        "TensorFlow " + TensorFlow.version(),
                        0,
                        1,
                        rows.entrySet().stream()
                                .map(set -> new ModelCard.DataSet(
                                        set.getKey(),
                                        set.getValue(),
                                        "MIT",
                                        "Numenta Anomaly Benchmark, https://github.com/numenta/NAB",
                                        "weights and calibration"))
                                .toList()),
                figures,
                files);
    }

    private static MachineCard.Figure figure(String name, String part, List<Series> series, Choice choice) {
        int rows = series.stream().mapToInt(one -> one.features().length).sum();
        return new MachineCard.Figure(name, part, "NAB standard score", rows, score(series, choice.weights()));
    }

    private static List<Series> read(Path folder) throws IOException {
        var windows = new ObjectMapper().readTree(folder.resolve("windows.json").toFile());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .map(file -> {
                        var of = new ArrayList<long[]>();
                        windows.path(folder.relativize(file).toString().replace('\\', '/'))
                                .forEach(window -> of.add(new long[] {
                                    millis(window.get(0).asText()),
                                    millis(window.get(1).asText())
                                }));
                        return series(file, of);
                    })
                    .toList();
        }
    }

    private static long millis(String time) {
        return ReadingTime.parse(time, ZoneOffset.UTC).toEpochMilli();
    }

    private static Series series(Path file, List<long[]> windows) {
        var features = new ArrayList<float[]>();
        var times = new ArrayList<Long>();
        var baseline = new SensorSurprise();
        try (var rows = MachineRows.open(file, MachineColumns.none())) {
            while (rows.hasNext()) {
                MachineRow row = rows.next();
                var numbers = new float[SensorSurprise.FEATURES];
                baseline.observe(row.values(rows.sensors())[0], row.millis(), numbers, 0);
                features.add(numbers);
                times.add(row.millis());
            }
        }
        var places = new ArrayList<int[]>();
        for (long[] window : windows) {
            int first = (int) times.stream().filter(time -> time < window[0]).count();
            int last = (int) times.stream().filter(time -> time <= window[1]).count() - 1;
            if (last < first) {
                throw new TrainingDataException("series " + file + ": an anomaly has no rows");
            }
            places.add(new int[] {first, last});
        }
        return new Series(file.getParent().getFileName().toString(), features.toArray(float[][]::new), places);
    }

    private static Choice choose(List<Series> series) {
        var weights = new float[WAYS];
        Arrays.fill(weights, 1);
        var best = new Choice(weights, score(series, weights));
        for (int way = 0; way < WAYS; way++) {
            for (float weight : WEIGHTS) {
                float[] other = best.weights().clone();
                other[way] = weight;
                double score = score(series, other);
                if (score > best.score() + MIN_GAIN) {
                    best = new Choice(other, score);
                }
            }
        }
        return best;
    }

    private static double score(List<Series> series, float[] weights) {
        return NabScore.best(series.stream()
                        .map(one -> new NabScore.Scored(oddness(one, weights), one.windows()))
                        .toList())
                .score();
    }

    private static double[] oddness(Series series, float[] weights) {
        float sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        var odd = new double[series.features().length];
        for (int row = 0; row < odd.length; row++) {
            float[] features = series.features()[row];
            float evidence = features[0];
            for (int way = 0; way < WAYS; way++) {
                evidence += weights[way] / sum * features[1 + way];
            }
            evidence = Math.max(evidence, features[0] + SHIFT * features[SensorSurprise.SHIFT]);
            odd[row] = GeneralAnomalyModel.oddness(evidence);
        }
        return odd;
    }

    /** Oddness outside of the anomalies, with as much room before and after them as they are long. */
    private static double[] normal(List<Series> series, Choice choice) {
        return series.stream()
                .flatMapToDouble(one -> {
                    double[] odd = oddness(one, choice.weights());
                    var kept = new boolean[odd.length];
                    Arrays.fill(kept, GeneralAnomalyModel.WARM_UP * 3, odd.length, true);
                    one.windows().forEach(window -> {
                        int length = window[1] - window[0] + 1;
                        Arrays.fill(
                                kept,
                                Math.max(0, window[0] - length / 4),
                                Math.min(odd.length, window[1] + length),
                                false);
                    });
                    return java.util.stream.IntStream.range(0, odd.length)
                            .filter(row -> kept[row])
                            .mapToDouble(row -> odd[row]);
                })
                .toArray();
    }

    private static void export(Choice choice, Path out) {
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> features = tf.withName(GeneralAnomalyModel.FEATURES)
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SensorSurprise.FEATURES)));
            Variable<TFloat32> weights = tf.variable(Shape.of(SensorSurprise.FEATURES, 2), TFloat32.class);
            Operand<TFloat32> evidence =
                    tf.reduceMax(tf.linalg.matMul(features, weights), tf.constant(1), ReduceMax.keepDims(true));
            try (var session = new Session(graph)) {
                session.runner()
                        .addTarget(tf.assign(weights, tf.constant(sums(choice.weights()))))
                        .run()
                        .close();
                SavedModelBundle.exporter(out.toString())
                        .withSession(session)
                        .withSignature(Signature.builder()
                                .methodName("tensorflow/serving/predict")
                                .input(GeneralAnomalyModel.FEATURES, features)
                                .output(GeneralAnomalyModel.EVIDENCE, evidence)
                                .build())
                        .export();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the model to " + out, e);
            }
        }
    }

    /**
     * Weights of the features in two sums: that of a value being there and those of the ways, which add up to 1; and that of a value
     * being there and that of the shift.
     */
    private static float[][] sums(float[] weights) {
        float sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        var sums = new float[SensorSurprise.FEATURES][2];
        sums[0] = new float[] {1, 1};
        for (int way = 0; way < weights.length; way++) {
            sums[1 + way][0] = weights[way] / sum;
        }
        sums[SensorSurprise.SHIFT][1] = SHIFT;
        return sums;
    }
}
