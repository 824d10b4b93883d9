package dev.vorrang.scoring.model;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.machine.Finding;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.ModelMemory;
import dev.vorrang.scoring.machine.Step;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model of what is normal for the machines that it was trained on, in service. Its graph gives {@code evidence},
 * {@code float32 [batch, sensors]}: how much each sensor speaks against all being normal, 0 or more. Their sum is the oddness of the
 * step; how often something normal is as odd is its false-alarm rate. Safe for use by several threads; whoever loaded it closes it.
 */
public final class WindowAnomalyModel implements MachineModel {

    /** Name of the graph's output. */
    public static final String OUTPUT = "evidence";

    private static final int VERSION = 1;

    private final MachineCard card;
    private final FalseAlarmRate rate;
    private final WindowGraph graph;

    private WindowAnomalyModel(MachineCard card, FalseAlarmRate rate, WindowGraph graph) {
        this.card = card;
        this.rate = rate;
        this.graph = graph;
    }

    static WindowAnomalyModel load(Path folder, MachineCard card, ModelOptions options) {
        FalseAlarmRate rate = FalseAlarmRate.of(card);
        Habituation.of(card);
        int sensors = card.window().sensors().size();
        return new WindowAnomalyModel(card, rate, WindowGraph.open(folder, card, options, OUTPUT, sensors));
    }

    /**
     * What the card needs.
     *
     * @param habituation as the oddness was calibrated with
     * @param oddness degrees of oddness, after the habituation, rising
     * @param rates rate of normal steps that are as odd or more, falling, above 0 and at most 1
     * @throws IllegalArgumentException if they do not fit together
     */
    public static Map<String, List<Double>> parameters(
            Habituation habituation, List<Double> oddness, List<Double> rates) {
        var parameters = new TreeMap<>(habituation.parameters());
        parameters.putAll(FalseAlarmRate.parameters(oddness, rates));
        return parameters;
    }

    @Override
    public ModelRef reference() {
        return card.reference();
    }

    @Override
    public List<float[]> apply(List<ModelInput> inputs) {
        return graph.call(inputs);
    }

    @Override
    public ModelMemory memory() {
        return new Memory(graph.memory(), Habituation.of(card));
    }

    @Override
    public void close() {
        graph.close();
    }

    private final class Memory implements ModelMemory {

        private final WindowMemory window;
        private final Habituation habituation;

        Memory(WindowMemory window, Habituation habituation) {
            this.window = window;
            this.habituation = habituation;
        }

        @Override
        public Optional<ModelInput> observe(Step step) {
            return window.observe(step);
        }

        @Override
        public Finding absorb(float[] output) {
            double odd = 0;
            boolean sound = output.length == window.sensors().size();
            for (float evidence : output) {
                sound &= evidence >= 0 && evidence < Float.MAX_VALUE;
                odd += evidence;
            }
            if (!sound) {
                throw new IllegalStateException(
                        "evidence " + Arrays.toString(output) + ": allowed are numbers from 0, one of each sensor");
            }
            var shares = new float[output.length];
            for (int i = 0; i < shares.length; i++) {
                shares[i] = odd > 0 ? (float) (output[i] / odd) : 1f / shares.length;
            }
            double score = 1 - rate.of(habituation.next(odd));
            return new Finding.Anomaly(score, card.anomaly().threshold(), window.sensors(), shares);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(VERSION);
            habituation.write(out);
            window.write(out);
        }

        @Override
        public void read(DataInput in) throws IOException {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("memory of an anomaly model has version " + version + ", allowed is " + VERSION);
            }
            habituation.read(in);
            window.read(in);
        }
    }
}
