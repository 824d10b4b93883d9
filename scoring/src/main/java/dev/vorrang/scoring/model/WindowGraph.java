package dev.vorrang.scoring.model;

import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Result;

/**
 * The graph of a model that reads the last steps of a machine, and gives a row of numbers for each window. Safe for use by several
 * threads at once; whoever opened it closes it.
 */
final class WindowGraph implements AutoCloseable {

    private final MachineCard card;
    private final String output;
    private final int width;
    private final ServedGraph graph;

    private WindowGraph(MachineCard card, String output, int width, ServedGraph graph) {
        this.card = card;
        this.output = output;
        this.width = width;
        this.graph = graph;
    }

    /**
     * @param output name of the output
     * @param width numbers it gives for each window
     * @throws ModelRefusedException as {@link ServedGraph#open} does
     */
    static WindowGraph open(Path folder, MachineCard card, ModelOptions options, String output, int width) {
        int length = card.window().length();
        int sensors = card.window().sensors().size();
        var graph = ServedGraph.open(
                folder,
                card,
                options,
                WindowTensors.specs(length, sensors),
                List.of(new TensorSpec(output, "float32", List.of(-1L, (long) width))));
        var opened = new WindowGraph(card, output, width, graph);
        var input = opened.probe();
        graph.warmUp(options.warmUp(), size -> opened.call(Collections.nCopies(size, input)));
        return opened;
    }

    /** A window in which each sensor shows its mean. */
    ModelInput probe() {
        int length = card.window().length();
        int sensors = card.window().sensors().size();
        var values = new float[length * sensors];
        for (int i = 0; i < values.length; i++) {
            values[i] = card.window().means().get(i % sensors).floatValue();
        }
        return new ModelInput(values, length);
    }

    /** @return the output's row for each window */
    List<float[]> call(List<ModelInput> inputs) {
        if (inputs.isEmpty()) {
            return List.of();
        }
        try (var tensors = new WindowTensors(inputs);
                Result result = graph.call(tensors.byName())) {
            return Arrays.asList(ServedGraph.rows(result, output, inputs.size(), width));
        }
    }

    /** What is to be remembered of a machine for it, at first nothing. */
    WindowMemory memory() {
        return new WindowMemory(card.window());
    }

    @Override
    public void close() {
        graph.close();
    }
}
