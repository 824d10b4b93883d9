package dev.vorrang.scoring.mail;

import java.util.Objects;

/**
 * A rule of one's own on top of the built-in signals.
 *
 * @param name for reasons, logs and errors
 * @param when CEL condition, see {@link dev.vorrang.scoring.rule.Conditions}
 * @param effect what it does to the score
 * @param reason why, for people; fixed words, nothing of the mail
 */
public record PriorityRule(String name, String when, Effect effect, String reason) {

    public PriorityRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(reason, "reason");
    }

    /** What a rule does to the score. */
    public sealed interface Effect {}

    /**
     * One more signal.
     *
     * @param weight -1 to 1
     */
    public record Add(double weight) implements Effect {
        public Add {
            PrioritySettings.check("add", weight, -1, 1);
        }
    }

    /**
     * The score, whatever the signals say. Of several the first one that holds.
     *
     * @param score 0 to 1
     */
    public record Set(double score) implements Effect {
        public Set {
            PrioritySettings.check("set", score, 0, 1);
        }
    }
}
