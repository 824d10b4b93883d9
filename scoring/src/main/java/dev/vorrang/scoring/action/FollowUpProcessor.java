package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.desk.DeskEvents;
import dev.vorrang.scoring.action.ActionMetrics.Outcome;
import dev.vorrang.scoring.action.ActionRule.Escalation;
import dev.vorrang.scoring.action.RecordState.FollowUp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Brings together all about a record: sends its actions, follows up on them while nobody acknowledges, and keeps where it stands after
 * what people did.
 */
final class FollowUpProcessor implements Processor<String, byte[], String, Routed> {

    /** Code of the reason that tells of an escalation. */
    static final String UNACKNOWLEDGED = "unacknowledged";

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FORGET = Duration.ofMinutes(30);
    /** Until an escalation that quiet hours hold is looked at again. */
    private static final Duration HELD = Duration.ofSeconds(30);

    private final ActionSettings settings;
    private final ActionRecords records;
    private final ActionMetrics metrics;
    private final Clock clock;
    private ProcessorContext<String, Routed> context;
    private RecordStates states;

    FollowUpProcessor(ActionSettings settings, ActionRecords records, ActionMetrics metrics, Clock clock) {
        this.settings = settings;
        this.records = records;
        this.metrics = metrics;
        this.clock = clock;
    }

    static Set<StoreBuilder<?>> stores() {
        return Set.copyOf(RecordStates.stores());
    }

    @Override
    public void init(ProcessorContext<String, Routed> taskContext) {
        context = taskContext;
        states = new RecordStates(context, records, clock);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick());
        context.schedule(
                FORGET,
                PunctuationType.WALL_CLOCK_TIME,
                time -> states.forget(settings.retention(), id -> forward(id, records.toDesk(null))));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordState state = states.get(record.key());
        Envelope envelope = Envelope.of(record.value());
        switch (envelope.kind()) {
            case ACTION -> send(state, records.action(envelope.content()));
            case SETTLED -> settle(state);
            case EVENT -> take(record.key(), state, records.event(envelope.content()));
        }
        states.put(record.key(), state);
    }

    private void send(RecordState state, Action action) {
        emit(action, Outcome.SENT);
        FollowUp followUp = state.follow(action);
        if (!followUp.isWaiting() && isOpen(state, followUp)) {
            await(followUp);
        }
    }

    /** Of a group only people say that nothing is left to do: it is not over when its first record is. */
    private static boolean isOpen(RecordState state, FollowUp followUp) {
        return !state.isAcknowledged()
                && !(state.isSettled() && followUp.message().getCount() == 1);
    }

    private void settle(RecordState state) {
        state.settle();
        state.followUps().stream()
                .filter(each -> each.message().getCount() == 1)
                .forEach(this::stop);
    }

    private void take(String id, RecordState state, DeskEvent event) {
        if (!state.isNewEvent(event.getId())) {
            return;
        }
        Optional<DeskState> after = DeskEvents.apply(state.desk().orElse(null), event);
        if (after.isEmpty()) {
            return;
        }
        state.desk(after.get());
        forward(id, records.toDesk(after.get()));
        if (state.isAcknowledged()) {
            state.followUps().forEach(this::stop);
        } else if (event.getType() == DeskEventType.REOPENED) {
            state.followUps().stream()
                    .filter(each -> !each.isWaiting() && isOpen(state, each))
                    .forEach(this::await);
        }
    }

    private void stop(FollowUp followUp) {
        if (followUp.isWaiting()) {
            followUp.stop();
            Action message = followUp.message();
            metrics.count(message.getStream(), message.getName(), Outcome.ACKNOWLEDGED);
        }
    }

    /** Waits for the next step, if there is one. */
    private void await(FollowUp followUp) {
        next(followUp)
                .ifPresent(step ->
                        followUp.waitUntil(states.time().now() + step.after().toMillis()));
    }

    private Optional<Escalation> next(FollowUp followUp) {
        return settings.rule(followUp.message().getName())
                .map(ActionRule::escalations)
                .filter(steps -> steps.size() > followUp.step())
                .map(steps -> steps.get(followUp.step()));
    }

    private void tick() {
        for (var due : states.due()) {
            RecordState state = states.get(due.record());
            state.followUp(due.action())
                    .filter(each -> each.dueAt() == due.at())
                    .ifPresent(followUp -> {
                        escalate(followUp);
                        states.put(due.record(), state);
                    });
            states.delete(due);
        }
        states.time().keepWhile(states.isAnyDue());
    }

    private void escalate(FollowUp followUp) {
        Optional<Escalation> step = next(followUp);
        if (step.isEmpty()) {
            followUp.stop();
            return;
        }
        Action message = followUp.message();
        boolean quiet = settings.rule(message.getName())
                .flatMap(ActionRule::quietHours)
                .filter(hours -> hours.quiets(message.getSeverity(), clock.instant()))
                .isPresent();
        if (quiet) {
            followUp.waitUntil(states.time().now() + HELD.toMillis());
            return;
        }
        emit(escalated(message, followUp.step() + 1, step.get()), Outcome.ESCALATED);
        followUp.next();
        await(followUp);
    }

    private Action escalated(Action message, int step, Escalation escalation) {
        String minutes = Long.toString(escalation.after().toMinutes());
        List<Reason> reasons = new ArrayList<>();
        reasons.add(new Reason(
                UNACKNOWLEDGED,
                Map.of("minutes", minutes, "sink", message.getSink()),
                "not acknowledged within " + minutes + " min"));
        reasons.addAll(message.getReasons());
        return Action.newBuilder(message)
                .setId(ActionIds.of(message.getName(), message.getRecord(), step, 0))
                .setStep(step)
                .setSink(escalation.sink())
                .setReasons(reasons)
                .setCreatedAt(clock.instant())
                .build();
    }

    private void emit(Action action, Outcome outcome) {
        Action linked = Action.newBuilder(action)
                .setAcknowledge(settings.acknowledge().apply(action).orElse(null))
                .setCreatedAt(clock.instant())
                .build();
        metrics.count(action.getStream(), action.getName(), outcome);
        forward(action.getRecord(), records.toSink(linked));
    }

    private void forward(String key, Routed routed) {
        context.forward(new Record<>(key, routed, clock.millis()));
    }
}
