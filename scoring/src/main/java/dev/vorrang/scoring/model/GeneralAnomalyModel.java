package dev.vorrang.scoring.model;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.RunningMoments;
import dev.vorrang.scoring.machine.SensorBaseline;
import dev.vorrang.scoring.machine.Step;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The general anomaly model in service: it has never seen the sensors that it scores. Each sensor's value is compared with its own
 * baseline ({@link SensorBaseline}); the graph makes evidence of these distances ({@code features}, {@code float32 [rows, 3]}, to
 * {@code evidence}, {@code float32 [rows, 1]}, 0 for a sensor without value, else 1 or more); and how odd the evidence is follows
 * from the evidence that the sensor gave before. A machine's false-alarm rate is that of its oddest sensor among so many.
 *
 * <p>Safe for use by several threads; whoever loaded it closes it.
 */
public final class GeneralAnomalyModel implements MachineModel {

    /** Name of the graph's input. */
    public static final String FEATURES = "features";

    /** Name of the graph's output. */
    public static final String EVIDENCE = "evidence";

    /** Steps of a machine before it is scored. */
    public static final int WARM_UP = 30;

    private static final double EVIDENCE_WEIGHT = 2.0 / 3_001;
    /** Evidence of a sensor before it is taken for odd. */
    private static final int LEAST_EVIDENCE = 50;

    private static final int VERSION = 1;
    private static final int MOST_SENSORS = 100_000;

    private final MachineCard card;
    private final FalseAlarmRate rate;
    private final ServedGraph graph;

    private GeneralAnomalyModel(MachineCard card, ServedGraph graph) {
        this.card = card;
        this.rate = FalseAlarmRate.of(card);
        this.graph = graph;
    }

    static GeneralAnomalyModel load(Path folder, MachineCard card, ModelOptions options) {
        FalseAlarmRate.of(card);
        var graph = ServedGraph.open(folder, card, options, inputs(), outputs());
        var model = new GeneralAnomalyModel(card, graph);
        var input = new ModelInput(new float[] {1, 0, 0}, 1);
        graph.warmUp(options.warmUp(), size -> model.apply(Collections.nCopies(size, input)));
        return model;
    }

    /** What the graph takes. */
    public static List<TensorSpec> inputs() {
        return List.of(new TensorSpec(FEATURES, "float32", List.of(-1L, (long) SensorBaseline.FEATURES)));
    }

    /** What the graph gives. */
    public static List<TensorSpec> outputs() {
        return List.of(new TensorSpec(EVIDENCE, "float32", List.of(-1L, 1L)));
    }

    /** What the card needs, for the oddness of sensors that were normal. */
    public static Map<String, List<Double>> calibration(double[] normal) {
        return FalseAlarmRate.parameters(normal);
    }

    @Override
    public ModelRef reference() {
        return card.reference();
    }

    @Override
    public List<float[]> apply(List<ModelInput> inputs) {
        int rows = inputs.stream().mapToInt(ModelInput::rows).sum();
        if (rows == 0) {
            return List.of();
        }
        var flat = new float[rows * SensorBaseline.FEATURES];
        int next = 0;
        for (ModelInput input : inputs) {
            System.arraycopy(input.values(), 0, flat, next, input.values().length);
            next += input.values().length;
        }
        var outputs = new ArrayList<float[]>(inputs.size());
        try (TFloat32 features =
                        TFloat32.tensorOf(Shape.of(rows, SensorBaseline.FEATURES), DataBuffers.of(flat, true, false));
                Result result = graph.call(Map.of(FEATURES, features))) {
            float[][] evidence = ServedGraph.rows(result, EVIDENCE, rows, 1);
            int row = 0;
            for (ModelInput input : inputs) {
                var output = new float[input.rows()];
                for (int i = 0; i < output.length; i++) {
                    output[i] = evidence[row++][0];
                }
                outputs.add(output);
            }
        }
        return outputs;
    }

    @Override
    public ModelMemory memory() {
        return new Memory();
    }

    @Override
    public void close() {
        graph.close();
    }

    /** How odd evidence is for a sensor: its distance from the usual in standard deviations; 0 while too little is known. */
    public static double oddness(RunningMoments usual, double evidence) {
        return usual.count() < LEAST_EVIDENCE ? 0 : (evidence - usual.mean()) / Math.sqrt(usual.variance() + 1e-6);
    }

    /** A sensor's evidence so far. */
    public static RunningMoments evidence() {
        return new RunningMoments(EVIDENCE_WEIGHT);
    }

    private final class Memory implements ModelMemory {

        private final List<SensorBaseline> baselines = new ArrayList<>();
        private final List<RunningMoments> usual = new ArrayList<>();
        private List<String> sensors = List.of();
        private int steps;

        @Override
        public Optional<ModelInput> observe(Step step) {
            int count = step.values().length;
            while (baselines.size() < count) {
                baselines.add(new SensorBaseline());
            }
            sensors = step.sensors();
            var features = new float[count * SensorBaseline.FEATURES];
            for (int i = 0; i < count; i++) {
                baselines.get(i).observe(step.values()[i], step.time(), features, i * SensorBaseline.FEATURES);
            }
            steps = Math.min(steps, Integer.MAX_VALUE - 1) + 1;
            return steps < WARM_UP || count == 0 ? Optional.empty() : Optional.of(new ModelInput(features, count));
        }

        @Override
        public Finding absorb(float[] output) {
            for (float evidence : output) {
                if (!Float.isFinite(evidence) || evidence < 0) {
                    throw new IllegalStateException(
                            "evidence " + Arrays.toString(output) + ": allowed are numbers from 0");
                }
            }
            while (usual.size() < output.length) {
                usual.add(evidence());
            }
            var shares = new float[output.length];
            double oddest = Double.NEGATIVE_INFINITY;
            int present = 0;
            for (int i = 0; i < output.length; i++) {
                if (output[i] > 0) {
                    present++;
                    double odd = oddness(usual.get(i), output[i]);
                    usual.get(i).add(output[i]);
                    oddest = Math.max(oddest, odd);
                    shares[i] = (float) (odd > 0 ? odd * odd : 0);
                }
            }
            spread(shares);
            double alone = present == 0 ? 1 : rate.of(oddest);
            // The rate of the oddest of so many that are independent (Šidák, 1967).
            double together = -Math.expm1(Math.max(1, present) * Math.log1p(-Math.min(alone, 1 - 1e-12)));
            double score = Math.max(0, 1 - together);
            return new Finding.Anomaly(score, card.anomaly().threshold(), sensors, shares);
        }

        private void spread(float[] shares) {
            double sum = 0;
            for (float share : shares) {
                sum += share;
            }
            for (int i = 0; i < shares.length; i++) {
                shares[i] = sum > 0 ? (float) (shares[i] / sum) : 1f / shares.length;
            }
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(VERSION);
            out.writeInt(steps);
            out.writeInt(baselines.size());
            for (SensorBaseline baseline : baselines) {
                baseline.write(out);
            }
            out.writeInt(usual.size());
            for (RunningMoments moments : usual) {
                moments.write(out);
            }
            out.writeInt(Math.min(sensors.size(), baselines.size()));
            for (int i = 0; i < Math.min(sensors.size(), baselines.size()); i++) {
                out.writeUTF(sensors.get(i));
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException(
                        "memory of the general anomaly model has version " + version + ", allowed is " + VERSION);
            }
            steps = in.readInt();
            for (int i = size(in.readInt()); i > 0; i--) {
                var baseline = new SensorBaseline();
                baseline.read(in);
                baselines.add(baseline);
            }
            for (int i = size(in.readInt()); i > 0; i--) {
                RunningMoments moments = evidence();
                moments.read(in);
                usual.add(moments);
            }
            var names = new ArrayList<String>();
            for (int i = size(in.readInt()); i > 0; i--) {
                names.add(in.readUTF());
            }
            sensors = names;
        }

        private static int size(int size) throws IOException {
            if (size < 0 || size > MOST_SENSORS) {
                throw new IOException("damaged state: " + size + " sensors");
            }
            return size;
        }
    }
}
