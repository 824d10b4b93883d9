package dev.vorrang.scoring.model;

import dev.vorrang.scoring.model.ModelCard.Signature;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    static void verify(InferenceBackend backend, ModelCard card, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        compare(backend, "in its card", card.signature(), inputs, outputs);
        compare(backend, "in its graph", required(backend, InferenceBackend.SERVING), inputs, outputs);
    }

    /**
     * Compares a signature that the card does not speak of with what is expected of it.
     *
     * @throws ModelRefusedException naming the signature and the first tensor that differs, with actual and expected
     */
    static void verify(
            InferenceBackend backend,
            String name,
            Signature signature,
            List<TensorSpec> inputs,
            List<TensorSpec> outputs) {
        compare(backend, "in its signature '" + name + "'", signature, inputs, outputs);
    }

    /**
     * Checks the signature {@link #FEATURES}.
     *
     * @param inputs what must be fed
     * @return how many features it gives for a row
     * @throws ModelRefusedException if there is none, or it takes or gives something else
     */
    public static int features(InferenceBackend backend, List<TensorSpec> inputs) {
        Signature signature = required(backend, FEATURES);
        long width = signature.outputs().stream()
                .filter(output ->
                        output.name().equals(FEATURES) && output.shape().size() == 2)
                .mapToLong(output -> Math.max(0, output.shape().get(1)))
                .findFirst()
                .orElse(0);
        var expected = new TensorSpec(FEATURES, "float32", List.of(-1L, width));
        verify(backend, FEATURES, signature, inputs, List.of(expected));
        return Math.toIntExact(width);
    }

    private static Signature required(InferenceBackend backend, String name) {
        Signature signature = backend.signatures().get(name);
        if (signature == null) {
            throw new ModelRefusedException(backend.location() + " has no signature '" + name + "', it has "
                    + backend.signatures().keySet());
        }
        return signature;
    }

    private static void compare(
            InferenceBackend backend,
            String where,
            Signature actual,
            List<TensorSpec> inputs,
            List<TensorSpec> outputs) {
        compare(backend, "input", where, byName(actual.inputs()), byName(inputs));
        compare(backend, "output", where, byName(actual.outputs()), byName(outputs));
    }

    private static void compare(
            InferenceBackend backend,
            String kind,
            String where,
            Map<String, String> actual,
            Map<String, String> expected) {
        expected.forEach((name, tensor) -> {
            if (!tensor.equals(actual.get(name))) {
                throw new ModelRefusedException(backend.location() + ": " + kind + " '" + name + "' is "
                        + actual.getOrDefault(name, "missing") + " " + where + ", expected " + tensor);
            }
        });
        actual.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ModelRefusedException(backend.location() + ": " + kind + " '" + name + "' " + where
                            + " is not known, expected " + expected.keySet());
                });
    }

    private static Map<String, String> byName(List<TensorSpec> tensors) {
        var byName = new TreeMap<String, String>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor.dtype() + " " + tensor.shape()));
        return byName;
    }
}
