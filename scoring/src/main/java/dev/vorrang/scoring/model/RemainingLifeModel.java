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
import java.util.Optional;

/**
 * A model of remaining useful life in service. Its graph gives {@code life}, {@code float32 [batch, 1 + levels]}: expected life,
 * then its quantiles, in the unit of the training target. Safe for use by several threads; whoever loaded it closes it.
 */
public final class RemainingLifeModel implements MachineModel {

    /** Name of the graph's output. */
    public static final String OUTPUT = "life";

    private final MachineCard card;
    private final double[] levels;
    private final WindowGraph graph;

    private RemainingLifeModel(MachineCard card, WindowGraph graph) {
        this.card = card;
        this.levels = card.remainingLife().levels().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        this.graph = graph;
    }

    static RemainingLifeModel load(Path folder, MachineCard card, ModelOptions options) {
        int width = 1 + card.remainingLife().levels().size();
        return new RemainingLifeModel(card, WindowGraph.open(folder, card, options, OUTPUT, width));
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
        boolean sound = output.length == levels.length + 1 && output[0] >= 0 && output[0] < Float.MAX_VALUE;
        for (int i = 1; i <= levels.length && sound; i++) {
            sound = output[i] >= (i == 1 ? 0 : output[i - 1]);
        }
        if (!sound) {
            throw new IllegalStateException("remaining life and quantiles " + Arrays.toString(output)
                    + ": allowed are numbers of 0 or more, the quantiles rising");
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
            var quantiles = new double[levels.length];
            for (int i = 0; i < quantiles.length; i++) {
                quantiles[i] = output[i + 1];
            }
            return new Finding.RemainingLife(output[0], levels, quantiles);
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
