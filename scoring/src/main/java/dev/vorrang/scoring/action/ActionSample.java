package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Action;
import dev.vorrang.scoring.rule.ConditionFailedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a rule makes of a sample record of its stream.
 *
 * @param rule the rule
 * @param action the action, marked as a test, as if the condition were met
 * @param met whether it is
 * @param failure why the condition failed, if it did
 * @param quiet whether the action would have to wait for the end of quiet hours
 */
public record ActionSample(ActionRule rule, Action action, boolean met, Optional<String> failure, boolean quiet) {

    /**
     * Asks a rule about a sample.
     *
     * @param number makes the sample's id one of its own
     * @throws IllegalArgumentException if the condition is not valid
     */
    public static <V extends SpecificRecord> ActionSample of(
            ActionRule rule, ActionSource<V> source, Instant now, String number) {
        V value = source.sample().apply(now);
        Action action = source.action(rule, value, source.view().headline(value), now);
        String record = action.getRecord() + "-" + number;
        Action test = Action.newBuilder(action)
                .setRecord(record)
                .setId(ActionIds.of(rule.name(), record, 0, 0))
                .setTest(true)
                .build();
        boolean quiet = rule.quietHours()
                .filter(hours -> hours.quiets(action.getSeverity(), now))
                .isPresent();
        try {
            boolean met = CompiledRules.of(source, List.of(rule))
                    .rules()
                    .get(0)
                    .when()
                    .test(value);
            return new ActionSample(rule, test, met, Optional.empty(), quiet);
        } catch (ConditionFailedException e) {
            return new ActionSample(rule, test, false, Optional.of(e.getMessage()), quiet);
        }
    }

    /** The same for another sink, as a step of an escalation. */
    public Action to(String sink, int step) {
        return Action.newBuilder(action)
                .setSink(sink)
                .setStep(step)
                .setId(ActionIds.of(rule.name(), action.getRecord(), step, 0))
                .build();
    }
}
