package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.util.List;
import java.util.Map;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A batch of windows as tensors: {@code window}, {@code float32 [batch, length, sensors]} with raw values, oldest row first, and
 * {@code steps}, {@code int32 [batch]}, steps that the machine has had. Whoever makes one closes it.
 */
public final class WindowTensors implements AutoCloseable {

    public static final String WINDOW = "window";
    public static final String STEPS = "steps";

    private final TFloat32 window;
    private final TInt32 steps;

    /** @param inputs one or more, all of the same rows and width */
    public WindowTensors(List<ModelInput> inputs) {
        int rows = inputs.get(0).rows();
        int width = inputs.get(0).width();
        var values = new float[inputs.size() * rows * width];
        var counts = new int[inputs.size()];
        for (int i = 0; i < counts.length; i++) {
            System.arraycopy(inputs.get(i).values(), 0, values, i * rows * width, rows * width);
            counts[i] = inputs.get(i).steps();
        }
        window = TFloat32.tensorOf(Shape.of(counts.length, rows, width), DataBuffers.of(values, true, false));
        steps = TInt32.tensorOf(Shape.of(counts.length), DataBuffers.of(counts, true, false));
    }

    /** What a graph that reads such windows takes. */
    public static List<TensorSpec> specs(int length, int sensors) {
        return List.of(
                new TensorSpec(WINDOW, "float32", List.of(-1L, (long) length, (long) sensors)),
                new TensorSpec(STEPS, "int32", List.of(-1L)));
    }

    /** The tensors by name; they stay this object's to close. */
    public Map<String, Tensor> byName() {
        return Map.of(WINDOW, window, STEPS, steps);
    }

    @Override
    public void close() {
        window.close();
        steps.close();
    }
}
