package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.model.ModelArray;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.util.List;
import java.util.Map;

/**
 * A batch of windows as arrays: {@code window}, {@code float32 [batch, length, sensors]} with raw values, oldest row first, and
 * {@code steps}, {@code int32 [batch]}, steps that the machine has had.
 */
public final class WindowArrays {

    public static final String WINDOW = "window";
    public static final String STEPS = "steps";

    private WindowArrays() {}

    /** @param inputs one or more, all of the same rows and width */
    public static Map<String, ModelArray> of(List<ModelInput> inputs) {
        int rows = inputs.get(0).rows();
        int width = inputs.get(0).width();
        var values = new float[inputs.size() * rows * width];
        var counts = new int[inputs.size()];
        for (int i = 0; i < counts.length; i++) {
            System.arraycopy(inputs.get(i).values(), 0, values, i * rows * width, rows * width);
            counts[i] = inputs.get(i).steps();
        }
        return Map.of(
                WINDOW, new ModelArray.Floats(values, counts.length, rows, width),
                STEPS, new ModelArray.Ints(counts, counts.length));
    }

    /** What a graph that reads such windows takes. */
    public static List<TensorSpec> specs(int length, int sensors) {
        return List.of(
                new TensorSpec(WINDOW, "float32", List.of(-1L, (long) length, (long) sensors)),
                new TensorSpec(STEPS, "int32", List.of(-1L)));
    }
}
