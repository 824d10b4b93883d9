package dev.vorrang.scoring.model;

import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The graph of a model in service: files, card and signature have been compared. With several devices each has a copy, and a
 * call goes to the one that has the fewest under way. Safe for use by several threads at once; whoever opened it closes it, once and after the last call has returned.
 */
public final class ServedGraph implements AutoCloseable {

    private final Path folder;
    private final List<Copy> copies;
    /** Where the calls of a thread go that warms a copy up. */
    private final ThreadLocal<Copy> warming = new ThreadLocal<>();

    /**
     * The graph on one device.
     *
     * @param underWay calls that have not returned yet
     */
    private record Copy(SavedModelBundle bundle, SessionFunction function, AtomicInteger underWay) {}

    private ServedGraph(Path folder, List<SavedModelBundle> bundles) {
        this.folder = folder;
        this.copies = bundles.stream()
                .map(bundle -> new Copy(bundle, bundle.function(Signature.DEFAULT_KEY), new AtomicInteger()))
                .toList();
    }

    /**
     * @param inputs what the graph must take
     * @param outputs what it must give
     * @throws ModelRefusedException if anything is missing, damaged or not as the card says; nothing stays open then
     */
    public static ServedGraph open(
            Path folder, Card card, ModelOptions options, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        ModelCards.verify(folder, card, options);
        GraphOperations.check(folder, options.allowedOperations());
        requireDevices(folder, options);
        var bundles = new ArrayList<SavedModelBundle>();
        try {
            load(folder, options, bundles);
            SignatureCheck.verify(folder, card, bundles.get(0), inputs, outputs);
            return new ServedGraph(folder, bundles);
        } catch (RuntimeException e) {
            bundles.forEach(SavedModelBundle::close);
            throw e;
        }
    }

    /**
     * Whether the graph has another signature, beside the one that {@link #call(Map)} uses.
     *
     * @param inputs what it must take
     * @param outputs what it must give
     * @throws ModelRefusedException if it takes or gives anything else; the graph is closed then
     */
    public boolean offers(String name, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        try {
            var signature = SignatureCheck.find(copies.get(0).bundle(), name);
            signature.ifPresent(found -> SignatureCheck.verify(folder, found, inputs, outputs));
            return signature.isPresent();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Makes calls that a sound model can answer, to each copy: the first ones, which are slow.
     *
     * @throws ModelRefusedException if one fails; the graph is closed then
     */
    public void warmUp(Runnable calls) {
        try {
            for (Copy copy : copies) {
                warming.set(copy);
                calls.run();
            }
        } catch (RuntimeException e) {
            // Not all that TensorFlow throws is a TensorFlowException: an id outside a table is an
            // IllegalArgumentException.
            close();
            throw new ModelRefusedException("model at " + folder + " fails its warm-up call: " + firstLine(e), e);
        } finally {
            warming.remove();
        }
    }

    /** As {@link #warmUp(Runnable)}, a call for each size. */
    public void warmUp(List<Integer> sizes, IntConsumer call) {
        warmUp(() -> sizes.forEach(call::accept));
    }

    /** @return what the graph gives; the caller closes it, and the inputs */
    public Result call(Map<String, Tensor> inputs) {
        return onOne(copy -> copy.function().call(inputs));
    }

    /** As {@link #call(Map)}, by a signature other than the default one; it must have been checked. */
    public Result call(String signature, Map<String, Tensor> inputs) {
        return onOne(copy -> copy.bundle().function(signature).call(inputs));
    }

    private Result onOne(Function<Copy, Result> call) {
        Copy copy = warming.get() != null ? warming.get() : leastBusy();
        copy.underWay().incrementAndGet();
        try {
            return call.apply(copy);
        } finally {
            copy.underWay().decrementAndGet();
        }
    }

    private Copy leastBusy() {
        return Collections.min(
                copies, Comparator.comparingInt(copy -> copy.underWay().get()));
    }

    /**
     * Checks the signature that gives features.
     *
     * @param inputs what it must take
     * @return how many features it gives for a row
     * @throws ModelRefusedException if there is none, or it takes or gives something else
     */
    public int checkFeatures(List<TensorSpec> inputs) {
        return SignatureCheck.features(folder, copies.get(0).bundle(), inputs);
    }

    /**
     * Takes an output apart.
     *
     * @return {@code [batch][width]}
     * @throws IllegalStateException if the output has another shape
     */
    public static float[][] rows(Result result, String output, int batch, int width) {
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
        copies.forEach(copy -> copy.bundle().close());
    }

    private static void requireDevices(Path folder, ModelOptions options) {
        var asked = options.devices().stream()
                .filter(device -> device.type() == Device.Type.GPU)
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        var seen = TensorFlowLibrary.devices().stream()
                .map(TensorFlowLibrary.Seen::name)
                .toList();
        asked.stream()
                .filter(device -> !seen.contains(device.listed()))
                .findFirst()
                .ifPresent(device -> {
                    throw new ModelRefusedException("model at " + folder + " is to be put onto " + device
                            + ", but TensorFlow sees " + String.join(", ", seen)
                            + " only. On a GPU run with VORRANG_GPU=1 (Linux, CUDA 12, cuDNN 9); else name"
                            + " cpu, or no device");
                });
    }

    /** @param bundles takes the copies that could be loaded */
    private static void load(Path folder, ModelOptions options, List<SavedModelBundle> bundles) {
        var config = SessionConfig.of(options);
        try {
            if (options.devices().isEmpty()) {
                bundles.add(SavedModelBundle.loader(folder.toString())
                        .withConfigProto(config)
                        .load());
            }
            for (Device device : options.devices()) {
                bundles.add(DevicePlacement.load(folder, config, device));
            }
        } catch (TensorFlowException | UncheckedIOException e) {
            throw new ModelRefusedException("model at " + folder + " cannot be loaded: " + firstLine(e), e);
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
