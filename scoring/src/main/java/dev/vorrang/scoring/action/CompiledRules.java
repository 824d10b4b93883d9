package dev.vorrang.scoring.action;

import dev.vorrang.scoring.rule.Condition;
import dev.vorrang.scoring.rule.Conditions;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * The rules about one stream's records. Thread-safe.
 *
 * @param source of the records
 * @param rules with their conditions, in order
 */
record CompiledRules<V extends SpecificRecord>(ActionSource<V> source, List<Compiled<V>> rules) {

    /** @param when holds if the rule applies */
    record Compiled<V>(ActionRule rule, Condition<V> when) {}

    /**
     * @param rules of all streams; those of others are left out
     * @throws IllegalArgumentException if a condition or a field of a group is not valid; the message says what is allowed
     */
    static <V extends SpecificRecord> CompiledRules<V> of(ActionSource<V> source, List<ActionRule> rules) {
        var conditions = Conditions.over(
                source.fields(),
                value ->
                        source.view().type().getSimpleName() + " " + source.id().apply(value));
        var own = rules.stream()
                .filter(rule -> rule.stream().equals(source.stream()))
                .toList();
        own.forEach(rule -> rule.checkGroup(source.fields()));
        return new CompiledRules<>(
                source,
                own.stream()
                        .map(rule ->
                                new Compiled<>(rule, conditions.compile("action '" + rule.name() + "'", rule.when())))
                        .toList());
    }
}
