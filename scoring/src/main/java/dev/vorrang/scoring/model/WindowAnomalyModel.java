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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model of what is normal for the machines that it was trained on, in service. Its graph gives {@code levels},
 * {@code float32 [batch, 5 * sensors]}: the levels of the sensors over two spans, their variances, and what else speaks against
 * each being normal. {@link OddnessTrack} makes oddness of it, in the machine's memory, as the baseline depends on what was odd before; how
 * often something normal is as odd is the false-alarm rate. Safe for use by several threads; whoever loaded it closes it.
 */
public final class WindowAnomalyModel implements MachineModel {

    /** Name of the graph's output. */
    public static final String OUTPUT = "levels";

    private static final int VERSION = 2;

    private final MachineCard card;
    private final OddnessTrack.Settings track;
    private final FalseAlarmRate rate;
    private final WindowGraph graph;

    private WindowAnomalyModel(MachineCard card, WindowGraph graph) {
        this.card = card;
        this.track = OddnessTrack.Settings.of(card);
        this.rate = FalseAlarmRate.of(card);
        this.graph = graph;
    }

    static WindowAnomalyModel load(Path folder, MachineCard card, ModelOptions options) {
        // What is wrong with the card is to be told before the graph is open.
        OddnessTrack.Settings.of(card);
        FalseAlarmRate.of(card);
        int width = OddnessTrack.OUTPUTS * card.window().sensors().size();
        return new WindowAnomalyModel(card, WindowGraph.open(folder, card, options, OUTPUT, width));
    }

    /**
     * What the card needs.
     *
     * @param track as the oddness was calibrated with
     * @param oddness degrees of oddness that are left, rising
     * @param rates rate of normal steps that are as odd or more, falling, above 0 and at most 1
     * @throws IllegalArgumentException if they do not fit together
     */
    public static Map<String, List<Double>> parameters(
            OddnessTrack.Settings track, List<Double> oddness, List<Double> rates) {
        var parameters = new TreeMap<>(track.parameters());
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
    public ModelInput probe() {
        return graph.probe();
    }

    @Override
    public void check(float[] output) {
        OddnessTrack.check(output, card.window().sensors().size());
    }

    @Override
    public ModelMemory memory() {
        return new Memory(graph.memory());
    }

    @Override
    public void close() {
        graph.close();
    }

    private final class Memory implements ModelMemory {

        private final WindowMemory window;
        private final OddnessTrack oddness = new OddnessTrack(track);

        Memory(WindowMemory window) {
            this.window = window;
        }

        @Override
        public Optional<ModelInput> observe(Step step) {
            return window.observe(step);
        }

        @Override
        public Finding absorb(float[] output) {
            OddnessTrack.Taken taken = oddness.next(output);
            var shares = new float[taken.evidence().length];
            for (int i = 0; i < shares.length; i++) {
                shares[i] = taken.odd() > 0 ? (float) (taken.evidence()[i] / taken.odd()) : 1f / shares.length;
            }
            double score = 1 - rate.of(taken.left());
            return new Finding.Anomaly(score, card.anomaly().threshold(), window.sensors(), shares);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(VERSION);
            oddness.write(out);
            window.write(out);
        }

        @Override
        public void read(DataInput in) throws IOException {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("memory of an anomaly model has version " + version + ", allowed is " + VERSION);
            }
            oddness.read(in);
            window.read(in);
        }
    }
}
