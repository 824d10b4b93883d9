package dev.vorrang.scoring.machine.model;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.SensorSurprise;
import dev.vorrang.scoring.machine.Step;
import dev.vorrang.scoring.model.InferenceBackend;
import dev.vorrang.scoring.model.ModelArray;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.RowTiles;
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

/**
 * The general anomaly model in service: it has never seen the sensors that it scores. Each sensor's value is seen in several ways, and
 * each way says how rare that is among all that the sensor had before ({@link SensorSurprise}); the graph makes evidence of it
 * ({@code features}, {@code float32 [rows, 15]}, to {@code evidence}, {@code float32 [rows, 1]}, 0 for a sensor without value, else
 * 1 or more). The card says how rare such evidence is where sensors are normal. A machine's false-alarm rate is that of its oddest
 * sensor among so many.
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

    /**
     * What a sensor does for the first time looks odder than it is, the more so the less is known of the sensor: false alarms are
     * then so many times as frequent, falling as the fourth power from some steps on. Measured on simulated sensors that swing
     * slowly, are noisy and never fail.
     */
    private static final double EARLY_FACTOR = 16;

    private static final double EARLY_STEPS = 150;

    /** Version 3 wrote bins without counts, too. */
    private static final int VERSION = 4;

    private static final int MAX_SENSORS = 100_000;

    private final MachineCard card;
    private final FalseAlarmRate rate;
    private final InferenceBackend backend;

    private GeneralAnomalyModel(MachineCard card, InferenceBackend backend) {
        this.card = card;
        this.rate = FalseAlarmRate.of(card);
        this.backend = backend;
    }

    static GeneralAnomalyModel load(
            Path folder, MachineCard card, ModelOptions options, InferenceBackend.Opener opener) {
        FalseAlarmRate.of(card);
        var backend = opener.open(folder, card, options, inputs(), outputs());
        var model = new GeneralAnomalyModel(card, backend);
        var input = model.probe();
        backend.warmUp(options.warmUp(), size -> model.apply(Collections.nCopies(size, input)));
        return model;
    }

    /** What the graph takes. */
    public static List<TensorSpec> inputs() {
        return List.of(new TensorSpec(FEATURES, "float32", List.of(-1L, (long) SensorSurprise.FEATURES)));
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
        int filled = RowTiles.filled(rows);
        var flat = new float[filled * SensorSurprise.FEATURES];
        int next = 0;
        for (ModelInput input : inputs) {
            System.arraycopy(input.values(), 0, flat, next, input.values().length);
            next += input.values().length;
        }
        var outputs = new ArrayList<float[]>(inputs.size());
        var features = new ModelArray.Floats(flat, filled, SensorSurprise.FEATURES);
        try (var answer = backend.infer(InferenceBackend.SERVING, Map.of(FEATURES, features))) {
            answer.requireShape(EVIDENCE, "", filled, 1);
            float[] evidence = answer.floats(EVIDENCE);
            int row = 0;
            for (ModelInput input : inputs) {
                var output = new float[input.rows()];
                for (int i = 0; i < output.length; i++) {
                    output[i] = evidence[row++];
                }
                outputs.add(output);
            }
        }
        return outputs;
    }

    @Override
    public ModelInput probe() {
        return new ModelInput(new float[SensorSurprise.FEATURES], 1);
    }

    @Override
    public void check(float[] output) {
        for (float evidence : output) {
            if (!Float.isFinite(evidence) || evidence < 0) {
                throw new IllegalStateException("evidence " + Arrays.toString(output) + ": allowed are numbers from 0");
            }
        }
    }

    @Override
    public ModelMemory memory() {
        return new Memory();
    }

    @Override
    public void close() {
        backend.close();
    }

    /** How odd evidence is, 0 for what is not surprising at all. */
    public static double oddness(double evidence) {
        return Math.max(0, evidence - 1);
    }

    private final class Memory implements ModelMemory {

        private final List<SensorSurprise> surprises = new ArrayList<>();
        private List<String> sensors = List.of();
        private int steps;
        /** Steps whose evidence is there: unlike those observed, they do not depend on how steps are batched. */
        private int judged = WARM_UP - 1;

        @Override
        public Optional<ModelInput> observe(Step step) {
            int count = step.values().length;
            while (surprises.size() < count) {
                surprises.add(new SensorSurprise());
            }
            sensors = step.sensors();
            var features = new float[count * SensorSurprise.FEATURES];
            for (int i = 0; i < count; i++) {
                surprises.get(i).observe(step.values()[i], step.time(), features, i * SensorSurprise.FEATURES);
            }
            steps = Math.min(steps, Integer.MAX_VALUE - 1) + 1;
            return steps < WARM_UP || count == 0 ? Optional.empty() : Optional.of(new ModelInput(features, count));
        }

        @Override
        public Finding absorb(float[] output) {
            check(output);
            var shares = new float[output.length];
            double oddest = Double.NEGATIVE_INFINITY;
            int present = 0;
            for (int i = 0; i < output.length; i++) {
                if (output[i] > 0) {
                    present++;
                    double odd = oddness(output[i]);
                    oddest = Math.max(oddest, odd);
                    shares[i] = (float) (odd * odd * odd * odd);
                }
            }
            spread(shares);
            double alone = present == 0 ? 1 : rate.of(oddest);
            // The rate of the oddest of so many that are independent (Šidák, 1967).
            double together = -Math.expm1(Math.max(1, present) * Math.log1p(-Math.min(alone, 1 - 1e-12)));
            judged = Math.min(judged, Integer.MAX_VALUE - 1) + 1;
            double score = Math.max(0, 1 - together * overrated(judged));
            // Sensors that were seen after this step are at the end.
            return new Finding.Anomaly(
                    score,
                    card.anomaly().threshold(),
                    sensors.subList(0, Math.min(sensors.size(), shares.length)),
                    shares);
        }

        /** How many times too rare what a sensor does looks after so many steps, 1 or more. */
        private static double overrated(int steps) {
            return 1 + EARLY_FACTOR / (1 + Math.pow(steps / EARLY_STEPS, 4));
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
            out.writeInt(judged);
            out.writeInt(surprises.size());
            for (SensorSurprise surprise : surprises) {
                surprise.write(out);
            }
            out.writeInt(Math.min(sensors.size(), surprises.size()));
            for (int i = 0; i < Math.min(sensors.size(), surprises.size()); i++) {
                out.writeUTF(sensors.get(i));
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            int version = in.readInt();
            if (version < VERSION - 1 || version > VERSION) {
                throw new IOException("memory of the general anomaly model has version " + version + ", allowed is "
                        + (VERSION - 1) + " or " + VERSION);
            }
            steps = in.readInt();
            judged = in.readInt();
            for (int i = size(in.readInt()); i > 0; i--) {
                var surprise = new SensorSurprise();
                surprise.read(in, version < VERSION);
                surprises.add(surprise);
            }
            var names = new ArrayList<String>();
            for (int i = size(in.readInt()); i > 0; i--) {
                names.add(in.readUTF());
            }
            sensors = names;
        }

        private static int size(int size) throws IOException {
            if (size < 0 || size > MAX_SENSORS) {
                throw new IOException("damaged state: " + size + " sensors");
            }
            return size;
        }
    }
}
