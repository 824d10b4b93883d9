package dev.vorrang.scoring.model;

import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.types.TFloat32;

/**
 * The graph of a model in service: files, card and signature have been compared. Safe for use by several threads at once; whoever
 * opened it closes it, once and after the last call has returned.
 */
final class ServedGraph implements AutoCloseable {

    private final Path folder;
    private final SavedModelBundle bundle;
    private final SessionFunction function;

    private ServedGraph(Path folder, SavedModelBundle bundle) {
        this.folder = folder;
        this.bundle = bundle;
        this.function = bundle.function(Signature.DEFAULT_KEY);
    }

    /**
     * @param inputs what the graph must take
     * @param outputs what it must give
     * @throws ModelRefusedException if anything is missing, damaged or not as the card says; nothing stays open then
     */
    static ServedGraph open(
            Path folder, Card card, ModelOptions options, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        ModelCards.verify(folder, card, options);
        SavedModelBundle bundle = load(folder, options);
        try {
            SignatureCheck.verify(folder, card, bundle, inputs, outputs);
            return new ServedGraph(folder, bundle);
        } catch (RuntimeException e) {
            bundle.close();
            throw e;
        }
    }

    /**
     * Another signature of the same graph, beside the one that {@link #call} uses. It is closed with the graph.
     *
     * @param inputs what it must take
     * @param outputs what it must give
     * @return empty if the graph has no signature of this name
     * @throws ModelRefusedException if it takes or gives anything else; the graph is closed then
     */
    Optional<SessionFunction> signature(String name, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        try {
            return SignatureCheck.find(bundle, name).map(signature -> {
                SignatureCheck.verify(folder, signature, inputs, outputs);
                return bundle.function(name);
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Makes calls that a sound model can answer: the first ones, which are slow.
     *
     * @throws ModelRefusedException if one fails; the graph is closed then
     */
    void warmUp(Runnable calls) {
        try {
            calls.run();
        } catch (RuntimeException e) {
            // Not all that TensorFlow throws is a TensorFlowException: an id outside a table is an
            // IllegalArgumentException.
            close();
            throw new ModelRefusedException("model at " + folder + " fails its warm-up call: " + firstLine(e), e);
        }
    }

    /** As {@link #warmUp(Runnable)}, a call for each size. */
    void warmUp(List<Integer> sizes, IntConsumer call) {
        warmUp(() -> sizes.forEach(call::accept));
    }

    /** @return what the graph gives; the caller closes it, and the inputs */
    Result call(Map<String, Tensor> inputs) {
        return function.call(inputs);
    }

    /** As {@link #call(Map)}, by a signature other than the default one; it must have been checked. */
    Result call(String signature, Map<String, Tensor> inputs) {
        return bundle.function(signature).call(inputs);
    }

    /**
     * Checks the signature that gives features.
     *
     * @param inputs what it must take
     * @return how many features it gives for a row
     * @throws ModelRefusedException if there is none, or it takes or gives something else
     */
    int checkFeatures(List<TensorSpec> inputs) {
        return SignatureCheck.features(folder, bundle, inputs);
    }

    /**
     * Takes an output apart.
     *
     * @return {@code [batch][width]}
     * @throws IllegalStateException if the output has another shape
     */
    static float[][] rows(Result result, String output, int batch, int width) {
        var tensor = (TFloat32) result.get(output)
                .orElseThrow(() -> new IllegalStateException("the model gave no output '" + output + "'"));
        if (!tensor.shape().equals(Shape.of(batch, width))) {
            throw new IllegalStateException("output '" + output + "' has the shape " + tensor.shape() + " instead of "
                    + Shape.of(batch, width));
        }
        var flat = new float[batch * width];
        tensor.asRawTensor().data().asFloats().read(flat);
        var rows = new float[batch][width];
        for (int row = 0; row < batch; row++) {
            System.arraycopy(flat, row * width, rows[row], 0, width);
        }
        return rows;
    }

    @Override
    public void close() {
        bundle.close();
    }

    private static SavedModelBundle load(Path folder, ModelOptions options) {
        var gpu = GPUOptions.newBuilder().setAllowGrowth(true);
        options.gpu().ifPresent(number -> gpu.setVisibleDeviceList(Integer.toString(number)));
        var config = ConfigProto.newBuilder().setGpuOptions(gpu).setAllowSoftPlacement(true);
        options.threads().ifPresent(config::setIntraOpParallelismThreads);
        try {
            return SavedModelBundle.loader(folder.toString())
                    .withConfigProto(config.build())
                    .load();
        } catch (TensorFlowException e) {
            throw new ModelRefusedException("model at " + folder + " cannot be loaded: " + firstLine(e), e);
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
