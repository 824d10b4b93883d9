package dev.vorrang.scoring.model;

import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Signature.TensorDescription;

/** Reads what a SavedModel says of its signatures. */
final class SavedModelSignatures {

    private SavedModelSignatures() {}

    static Map<String, ModelCard.Signature> of(SavedModelBundle bundle) {
        var byName = new TreeMap<String, ModelCard.Signature>();
        bundle.signatures().forEach(signature -> byName.put(signature.key(), signature(signature)));
        return byName;
    }

    private static ModelCard.Signature signature(Signature signature) {
        return new ModelCard.Signature(specs(signature.getInputs()), specs(signature.getOutputs()));
    }

    private static List<TensorSpec> specs(Map<String, TensorDescription> tensors) {
        return tensors.entrySet().stream()
                .map(tensor -> spec(tensor.getKey(), tensor.getValue()))
                .toList();
    }

    private static TensorSpec spec(String name, TensorDescription tensor) {
        String type = tensor.dataType.name().substring("DT_".length()).toLowerCase(Locale.ROOT);
        String dtype = type.equals("float") ? "float32" : type;
        return tensor.shape.isUnknown()
                ? new TensorSpec(name, dtype + " of unknown shape", List.of())
                : new TensorSpec(
                        name,
                        dtype,
                        Arrays.stream(tensor.shape.asArray()).boxed().toList());
    }
}
