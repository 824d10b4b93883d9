package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Reason;
import dev.vorrang.scoring.rule.Condition;
import dev.vorrang.scoring.rule.ConditionFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The rules of the settings, compiled. Thread-safe. */
final class CompiledRules {

    private final List<Compiled> rules;

    private record Compiled(PriorityRule rule, Condition<MailContext> when) {}

    /**
     * What the rules did to one mail.
     *
     * @param set the score, if a rule set it
     * @param setReasons why, one or none
     * @param skipped rules that failed on the mail
     */
    record Applied(OptionalDouble set, List<Reason> setReasons, List<Reason> skipped) {}

    private CompiledRules(List<Compiled> rules) {
        this.rules = rules;
    }

    /** @throws dev.vorrang.scoring.rule.ConditionException if a condition is not valid CEL */
    static CompiledRules of(List<PriorityRule> rules) {
        return new CompiledRules(rules.stream()
                .map(rule -> new Compiled(rule, MailContext.RULES.compile("rule '" + rule.name() + "'", rule.when())))
                .toList());
    }

    /** Adds the signals of the rules that hold; a rule that fails on the mail is skipped. */
    Applied apply(MailContext context, Signals signals) {
        var set = OptionalDouble.empty();
        var setReasons = new ArrayList<Reason>();
        var skipped = new ArrayList<Reason>();
        for (var compiled : rules) {
            var rule = compiled.rule();
            try {
                if (!compiled.when().test(context)) {
                    continue;
                }
            } catch (ConditionFailedException e) {
                skipped.add(MailReason.RULE_SKIPPED.of(
                        "rule '" + rule.name() + "' skipped: " + e.getMessage(),
                        Map.of("rule", rule.name(), "error", e.getMessage())));
                continue;
            }
            if (rule.effect() instanceof PriorityRule.Add add) {
                signals.add(
                        MailReason.RULE,
                        rule.reason(),
                        Map.of("rule", rule.name(), "reason", rule.reason()),
                        add.weight());
            } else if (rule.effect() instanceof PriorityRule.Set fixed && set.isEmpty()) {
                set = OptionalDouble.of(fixed.score());
                String score = String.format(Locale.ROOT, "%.2f", fixed.score());
                setReasons.add(MailReason.RULE_SET.of(
                        rule.reason() + ": set to " + score,
                        Map.of("rule", rule.name(), "reason", rule.reason(), "score", score)));
            }
        }
        return new Applied(set, setReasons, skipped);
    }

    Map<String, Long> failures() {
        var failures = new LinkedHashMap<String, Long>();
        rules.forEach(compiled ->
                failures.merge(compiled.rule().name(), compiled.when().failures(), Long::sum));
        return failures;
    }
}
