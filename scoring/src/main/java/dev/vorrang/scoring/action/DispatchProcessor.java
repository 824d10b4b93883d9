package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Action;
import dev.vorrang.scoring.action.ActionMetrics.Outcome;
import dev.vorrang.scoring.action.ActionRule.Grouping;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes messages of what met a condition: once for each action and record, in groups, outside of quiet hours, and no more than the rate
 * allows. All of an action comes to one task, so that its rate is one. What has to wait is gathered and sent as one message.
 */
final class DispatchProcessor implements Processor<String, byte[], String, Routed> {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchProcessor.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FORGET = Duration.ofMinutes(30);
    /** Of what is gathered although the action has no groups. */
    private static final int DEFAULT_TITLES = 10;

    private final ActionSettings settings;
    private final ActionRecords records;
    private final ActionMetrics metrics;
    private final Clock clock;
    private ProcessorContext<String, Routed> context;
    private ActionQueues queues;

    DispatchProcessor(ActionSettings settings, ActionRecords records, ActionMetrics metrics, Clock clock) {
        this.settings = settings;
        this.records = records;
        this.metrics = metrics;
        this.clock = clock;
    }

    static Set<StoreBuilder<?>> stores() {
        return Set.copyOf(ActionQueues.stores());
    }

    @Override
    public void init(ProcessorContext<String, Routed> taskContext) {
        context = taskContext;
        queues = new ActionQueues(context, records, clock);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick());
        context.schedule(
                FORGET,
                PunctuationType.WALL_CLOCK_TIME,
                time -> queues.forgetSeen(settings.retention().toMillis()));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        Action action = records.action(record.value());
        Optional<ActionRule> rule = settings.rule(action.getName());
        if (rule.isPresent() && !queues.hasSeen(action.getName(), action.getRecord())) {
            dispatch(rule.get(), action);
        }
    }

    private void dispatch(ActionRule rule, Action action) {
        boolean quiet = isQuiet(rule, action);
        if (quiet && rule.quietHours().orElseThrow().then() == QuietHours.Then.SKIP) {
            // Not noted as seen: a later change of an alert that is still open may be told of.
            metrics.count(rule.stream(), rule.name(), Outcome.SKIPPED);
            return;
        }
        queues.see(action.getName(), action.getRecord());
        String key = queues.key(rule.name(), group(rule, action));
        Optional<Bundle> waiting = queues.bundle(key);
        // What quiet hours hold does not hold up what breaks through them.
        boolean overtakes = waiting.isEmpty() || isQuiet(rule, waiting.get());
        if (rule.grouping().isEmpty() && !quiet && overtakes && queues.take(rule.name(), rule.rate())) {
            send(action);
            return;
        }
        gather(rule, key, waiting, action);
    }

    private void gather(ActionRule rule, String key, Optional<Bundle> waiting, Action action) {
        int titles = rule.grouping().map(Grouping::titles).orElse(DEFAULT_TITLES);
        Bundle bundle =
                waiting.map(before -> before.with(action, titles)).orElseGet(() -> Bundle.of(action, firstDue(rule)));
        queues.put(key, bundle);
        if (!sendIfDue(rule, key, bundle)) {
            metrics.count(rule.stream(), rule.name(), Outcome.GATHERED);
        }
    }

    private long firstDue(ActionRule rule) {
        long now = queues.time().now();
        return rule.grouping()
                .filter(grouping -> !grouping.firstAtOnce())
                .map(grouping -> now + grouping.window().toMillis())
                .orElse(now);
    }

    private boolean sendIfDue(ActionRule rule, String key, Bundle bundle) {
        long now = queues.time().now();
        if (now < bundle.dueAt()) {
            return false;
        }
        if (bundle.unsent() == 0) {
            // Its window is over, and nothing came.
            queues.delete(key);
            return false;
        }
        if (isQuiet(rule, bundle) || !queues.take(rule.name(), rule.rate())) {
            return false;
        }
        send(bundle.message());
        rule.grouping()
                .ifPresentOrElse(
                        grouping -> queues.put(
                                key, bundle.sent(now + grouping.window().toMillis())),
                        () -> queues.delete(key));
        return true;
    }

    private void tick() {
        List<String> keys = queues.bundles();
        for (String key : keys) {
            Bundle bundle = queues.bundle(key).orElseThrow();
            settings.rule(bundle.all().getName())
                    .ifPresentOrElse(rule -> sendIfDue(rule, key, bundle), () -> drop(key, bundle));
        }
        queues.time().keepWhile(!keys.isEmpty());
    }

    private void drop(String key, Bundle bundle) {
        if (bundle.unsent() > 0) {
            LOG.warn(
                    "{} records wait for action {}, which the settings do not have any more; nothing is sent",
                    bundle.unsent(),
                    bundle.all().getName());
        }
        queues.delete(key);
    }

    private boolean isQuiet(ActionRule rule, Action action) {
        return rule.quietHours()
                .filter(hours -> hours.quiets(action.getSeverity(), clock.instant()))
                .isPresent();
    }

    private boolean isQuiet(ActionRule rule, Bundle bundle) {
        return rule.quietHours()
                .filter(hours -> hours.quiets(bundle.pressing(), clock.instant()))
                .isPresent();
    }

    private static List<String> group(ActionRule rule, Action action) {
        return rule.grouping().map(Grouping::by).orElse(List.of()).stream()
                .map(field -> action.getFields().getOrDefault(field, ""))
                .toList();
    }

    private void send(Action action) {
        var envelope = new Envelope(Envelope.Kind.ACTION, records.bytes(action));
        context.forward(new Record<>(action.getRecord(), new Routed(Routed.RECORDS, envelope.bytes()), clock.millis()));
    }
}
