package dev.vorrang.scoring.model;

import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Signature.TensorDescription;

/** Compares what a model must take and give with its card, and the card with its graph. */
public final class SignatureCheck {

    /** Name of the signature that gives the layer below the heads, and of its output. */
    public static final String FEATURES = "features";

    private SignatureCheck() {}

    /**
     * @param inputs what must be fed
     * @param outputs what must come back
     * @throws ModelRefusedException naming the first tensor that differs, with actual and expected
     */
    static void verify(
            Path folder, Card card, SavedModelBundle bundle, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        var expectedInputs = byName(inputs);
        var expectedOutputs = byName(outputs);
        compare(folder, "input", "in its card", byName(card.signature().inputs()), expectedInputs);
        compare(folder, "output", "in its card", byName(card.signature().outputs()), expectedOutputs);

        Signature signature = required(folder, bundle, Signature.DEFAULT_KEY);
        compare(folder, "input", "in its graph", describe(signature.getInputs()), expectedInputs);
        compare(folder, "output", "in its graph", describe(signature.getOutputs()), expectedOutputs);
    }

    /**
     * Compares a signature that the card does not speak of with what is expected of it.
     *
     * @throws ModelRefusedException naming the signature and the first tensor that differs, with actual and expected
     */
    static void verify(Path folder, Signature signature, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        String where = "in its signature '" + signature.key() + "'";
        compare(folder, "input", where, describe(signature.getInputs()), byName(inputs));
        compare(folder, "output", where, describe(signature.getOutputs()), byName(outputs));
    }

    /** The signature of this name, if the graph has it. */
    static Optional<Signature> find(SavedModelBundle bundle, String key) {
        return bundle.signatures().stream()
                .filter(candidate -> candidate.key().equals(key))
                .findFirst();
    }

    /**
     * Checks the signature that gives features.
     *
     * @param inputs what must be fed
     * @return width of the features
     * @throws ModelRefusedException naming the first tensor that differs, with actual and expected
     */
    static int features(Path folder, SavedModelBundle bundle, List<TensorSpec> inputs) {
        Signature signature = required(folder, bundle, FEATURES);
        String where = "in signature '" + FEATURES + "'";
        compare(folder, "input", where, describe(signature.getInputs()), byName(inputs));
        TensorDescription output = signature.getOutputs().get(FEATURES);
        long width = output == null || output.shape.numDimensions() != 2 ? 0 : Math.max(0, output.shape.get(1));
        var expected = new TensorSpec(FEATURES, "float32", List.of(-1L, width));
        compare(folder, "output", where, describe(signature.getOutputs()), byName(List.of(expected)));
        return (int) width;
    }

    private static Signature required(Path folder, SavedModelBundle bundle, String key) {
        return find(bundle, key)
                .orElseThrow(() -> new ModelRefusedException("model at " + folder + " has no signature '" + key
                        + "', it has "
                        + bundle.signatures().stream().map(Signature::key).toList()));
    }

    private static void compare(
            Path folder, String kind, String where, Map<String, String> actual, Map<String, String> expected) {
        expected.forEach((name, tensor) -> {
            if (!tensor.equals(actual.get(name))) {
                throw new ModelRefusedException("model at " + folder + ": " + kind + " '" + name + "' is "
                        + actual.getOrDefault(name, "missing") + " " + where + ", expected " + tensor);
            }
        });
        actual.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ModelRefusedException("model at " + folder + ": " + kind + " '" + name + "' " + where
                            + " is not known, expected " + expected.keySet());
                });
    }

    private static Map<String, String> byName(List<TensorSpec> tensors) {
        var byName = new TreeMap<String, String>();
        tensors.forEach(tensor -> byName.put(tensor.name(), text(tensor.dtype(), tensor.shape())));
        return byName;
    }

    private static Map<String, String> describe(Map<String, TensorDescription> tensors) {
        var byName = new TreeMap<String, String>();
        tensors.forEach((name, tensor) -> byName.put(
                name,
                tensor.shape.isUnknown()
                        ? dtype(tensor) + " of unknown shape"
                        : text(
                                dtype(tensor),
                                java.util.Arrays.stream(tensor.shape.asArray())
                                        .boxed()
                                        .toList())));
        return byName;
    }

    private static String dtype(TensorDescription tensor) {
        String name = tensor.dataType.name().substring("DT_".length()).toLowerCase(Locale.ROOT);
        return name.equals("float") ? "float32" : name;
    }

    private static String text(String dtype, List<Long> shape) {
        return dtype + " " + shape;
    }
}
