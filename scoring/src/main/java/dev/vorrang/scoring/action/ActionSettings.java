package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Action;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is done about scored records.
 *
 * @param rules in the order of the settings
 * @param maxAge of a record, by its own time; older ones are not acted on
 * @param retention how long a record is remembered after the last that happened to it, longer than {@link ActionTime#LONGEST_STEP}
 * @param acknowledge makes the link that acknowledges an action's record; empty if none can
 */
public record ActionSettings(
        List<ActionRule> rules, Duration maxAge, Duration retention, Function<Action, Optional<String>> acknowledge) {

    public ActionSettings {
        rules = List.copyOf(rules);
        Objects.requireNonNull(maxAge, "maxAge");
        Objects.requireNonNull(acknowledge, "acknowledge");
        if (retention.compareTo(ActionTime.LONGEST_STEP) <= 0) {
            throw new IllegalArgumentException(
                    "retention " + retention + ": allowed is more than " + ActionTime.LONGEST_STEP);
        }
    }

    /** Records of up to a day, remembered for 30 days, without links. */
    public static ActionSettings of(List<ActionRule> rules) {
        return new ActionSettings(rules, Duration.ofDays(1), Duration.ofDays(30), action -> Optional.empty());
    }

    /** Names of all sinks, none twice. */
    public Set<String> sinks() {
        var sinks = new LinkedHashSet<String>();
        for (ActionRule rule : rules) {
            sinks.add(rule.sink());
            rule.escalations().forEach(step -> sinks.add(step.sink()));
        }
        return sinks;
    }

    /** The rule of a name; empty if the settings do not have it any more. */
    Optional<ActionRule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
