package dev.vorrang.scoring.model;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * The graph of a model in service, in this process: files and card have been compared. With several devices each has a copy, and a
 * call goes to the one that has the fewest under way. Safe for use by several threads at once; whoever opened it closes it, once and after the last call has returned.
 */
public final class SavedModelBackend implements InferenceBackend {

    private final Path folder;
    private final List<Copy> copies;
    /** Where the calls of a thread go that warms a copy up. */
    private final ThreadLocal<Copy> warming = new ThreadLocal<>();

    /**
     * The graph on one device.
     *
     * @param underWay calls that have not returned yet
     */
    private record Copy(SavedModelBundle bundle, Map<String, SessionFunction> functions, AtomicInteger underWay) {}

    private SavedModelBackend(Path folder, List<SavedModelBundle> bundles) {
        this.folder = folder;
        this.copies = bundles.stream()
                .map(bundle -> new Copy(
                        bundle,
                        bundle.functions().stream()
                                .collect(Collectors.toMap(
                                        each -> each.signature().key(), Function.identity())),
                        new AtomicInteger()))
                .toList();
    }

    /** @throws ModelRefusedException if anything is missing, damaged or not as the card says; nothing stays open then */
    public static InferenceBackend open(Path folder, ModelCard card, ModelOptions options) {
        ModelCards.verify(folder, card, options);
        GraphOperations.check(folder, options.allowedOperations());
        requireDevices(folder, options);
        var bundles = new ArrayList<SavedModelBundle>();
        try {
            load(folder, options, bundles);
            return new SavedModelBackend(folder, bundles);
        } catch (RuntimeException e) {
            bundles.forEach(SavedModelBundle::close);
            throw e;
        }
    }

    @Override
    public Map<String, ModelCard.Signature> signatures() {
        return SavedModelSignatures.of(copies.get(0).bundle());
    }

    @Override
    public Answer infer(String signature, Map<String, ModelArray> inputs) {
        Copy copy = warming.get() != null ? warming.get() : leastBusy();
        copy.underWay().incrementAndGet();
        try (var tensors = new TensorArrays(inputs)) {
            return TensorArrays.answer(copy.functions().get(signature).call(tensors.byName()));
        } finally {
            copy.underWay().decrementAndGet();
        }
    }

    @Override
    public String location() {
        return "model at " + folder;
    }

    @Override
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

    private Copy leastBusy() {
        return Collections.min(
                copies, Comparator.comparingInt(copy -> copy.underWay().get()));
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
