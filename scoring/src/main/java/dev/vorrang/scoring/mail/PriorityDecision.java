package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import java.util.List;
import java.util.Objects;

/**
 * What the policy says of one mail.
 *
 * @param score 0 to 1
 * @param level of the score
 * @param reasons first what fixed the score, then the signals, the strongest first, then what was skipped
 */
public record PriorityDecision(float score, Priority level, List<Reason> reasons) {

    public PriorityDecision {
        PrioritySettings.check("score", score, 0, 1);
        Objects.requireNonNull(level, "level");
        reasons = List.copyOf(reasons);
    }

    /** The reasons in words. */
    public List<String> sentences() {
        return reasons.stream().map(Reason::getText).toList();
    }
}
