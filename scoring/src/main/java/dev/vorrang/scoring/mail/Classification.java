package dev.vorrang.scoring.mail;

import java.util.Map;
import java.util.Objects;

/**
 * What a model's head says of one mail, as conditions read it.
 *
 * @param label most probable label; empty if the model has no such head
 * @param confidence calibrated probability of the label, 0 to 1
 * @param probabilities probability of every label; empty if the model has no such head
 */
public record Classification(String label, float confidence, Map<String, Float> probabilities) {

    /** Of a head that the model does not have. */
    public static final Classification NONE = new Classification("", 0, Map.of());

    public Classification {
        Objects.requireNonNull(label, "label");
        probabilities = Map.copyOf(probabilities);
    }
}
