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
import java.util.Optional;

/**
 * A model of faults and conditions in service. Its graph gives {@code fault}, {@code float32 [batch, labels]}: the probability of
 * each. Safe for use by several threads; whoever loaded it closes it.
 */
public final class FaultModel implements MachineModel {

    /** Name of the graph's output. */
    public static final String OUTPUT = "fault";

    /** How far the probabilities may be from adding up to one. */
    private static final double SUM_TOLERANCE = 1e-3;

    private final MachineCard card;
    private final WindowGraph graph;

    private FaultModel(MachineCard card, WindowGraph graph) {
        this.card = card;
        this.graph = graph;
    }

    static FaultModel load(Path folder, MachineCard card, ModelOptions options) {
        int width = card.fault().labels().size();
        return new FaultModel(card, WindowGraph.open(folder, card, options, OUTPUT, width));
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
        double sum = 0;
        for (float probability : output) {
            sum += probability;
        }
        // Written so that NaN fails it too.
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalStateException("probabilities of faults add up to " + sum + " instead of 1");
        }
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

        Memory(WindowMemory window) {
            this.window = window;
        }

        @Override
        public Optional<ModelInput> observe(Step step) {
            return window.observe(step);
        }

        @Override
        public Finding absorb(float[] output) {
            check(output);
            return new Finding.Fault(card.fault().labels(), card.fault().normal(), output);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            window.write(out);
        }

        @Override
        public void read(DataInput in) throws IOException {
            window.read(in);
        }
    }
}
