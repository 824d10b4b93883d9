package dev.vorrang.scoring.rule;

import java.util.Map;
import java.util.Objects;

/**
 * What a model's head says of one mail, as conditions read it.
 *
 * @param label most probable label; empty if the model has no such head
 * @param confidence calibrated probability of the label, 0 to 1
 * @param probabilities probability of every label; empty if the model has no such head
 */
public record Opinion(String label, float confidence, Map<String, Float> probabilities) {

    /** Of a head that the model does not have. */
    public static final Opinion NONE = new Opinion("", 0, Map.of());

    public Opinion {
        Objects.requireNonNull(label, "label");
        probabilities = Map.copyOf(probabilities);
    }
}
