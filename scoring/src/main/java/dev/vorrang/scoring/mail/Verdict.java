package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Priority;
import java.util.List;
import java.util.Objects;

/**
 * What the policy says of one mail.
 *
 * @param score 0 to 1
 * @param level of the score
 * @param reasons in words: first what fixed the score, then the signals, the strongest first, then what was skipped
 */
public record Verdict(float score, Priority level, List<String> reasons) {

    public Verdict {
        PrioritySettings.check("score", score, 0, 1);
        Objects.requireNonNull(level, "level");
        reasons = List.copyOf(reasons);
    }
}
