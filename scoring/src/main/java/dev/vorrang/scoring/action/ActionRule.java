package dev.vorrang.scoring.action;

import dev.vorrang.scoring.rule.Conditions;
import dev.vorrang.scoring.rule.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When to act, and how.
 *
 * @param name of the action
 * @param stream whose records it is about
 * @param when CEL condition over the fields of its records
 * @param sink carries it out
 * @param quietHours in which it waits, or is skipped
 * @param grouping of records that belong together
 * @param rate of messages at most
 * @param escalations what follows, in order, while nobody acknowledges
 * @param maxAge of records, if it has one of its own
 */
public record ActionRule(
        String name,
        String stream,
        String when,
        String sink,
        Optional<QuietHours> quietHours,
        Optional<Grouping> grouping,
        Optional<RateLimit> rate,
        List<Escalation> escalations,
        Optional<Duration> maxAge) {

    /**
     * One message for many records.
     *
     * @param by names of the fields whose values records of a group share; empty for one group
     * @param window between the messages of a group; without a record for so long, the group ends
     * @param firstAtOnce whether the first record is told of at once, or with the others at the end of the window
     * @param titles that a message has at most, 1 to 100
     */
    public record Grouping(List<String> by, Duration window, boolean firstAtOnce, int titles) {

        public Grouping {
            by = List.copyOf(by);
            Objects.requireNonNull(window, "window");
        }
    }

    /**
     * A bound of messages. Records beyond it are told of by one message when there may be another.
     *
     * @param most messages, 1 or more
     * @param per time, from the first of them
     */
    public record RateLimit(int most, Duration per) {}

    /**
     * What follows while nobody acknowledges.
     *
     * @param after time since the step before
     * @param sink carries it out
     */
    public record Escalation(Duration after, String sink) {}

    public ActionRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(sink, "sink");
        escalations = List.copyOf(escalations);
    }

    /** One that acts at once on each record that meets the condition. */
    public static ActionRule of(String name, String stream, String when, String sink) {
        return new ActionRule(
                name,
                stream,
                when,
                sink,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /**
     * Checks it against what there is to ask of its stream's records.
     *
     * @throws IllegalArgumentException if the condition or a field of the group is not valid; the message says what is allowed
     */
    public void check(Fields<?> fields) {
        Conditions.over(fields, record -> "").compile("action '" + name + "'", when);
        checkGroup(fields);
    }

    /** @throws IllegalArgumentException if a field of the group is not there */
    void checkGroup(Fields<?> fields) {
        grouping.ifPresent(its -> its.by().stream()
                .filter(field -> !fields.names().contains(field))
                .forEach(field -> {
                    throw new IllegalArgumentException("action '" + name + "': group by '" + field + "', allowed are "
                            + String.join(", ", fields.names()));
                }));
    }

    public ActionRule withQuietHours(QuietHours hours) {
        return new ActionRule(name, stream, when, sink, Optional.of(hours), grouping, rate, escalations, maxAge);
    }

    public ActionRule withGrouping(Grouping other) {
        return new ActionRule(name, stream, when, sink, quietHours, Optional.of(other), rate, escalations, maxAge);
    }

    public ActionRule withRate(RateLimit other) {
        return new ActionRule(name, stream, when, sink, quietHours, grouping, Optional.of(other), escalations, maxAge);
    }

    public ActionRule withEscalations(Escalation... others) {
        return new ActionRule(name, stream, when, sink, quietHours, grouping, rate, List.of(others), maxAge);
    }
}
