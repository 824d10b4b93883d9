package dev.vorrang.scoring.action;

import dev.vorrang.scoring.engine.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what becomes of actions. Safe for use by many threads. */
final class ActionMetrics {

    /** What becomes of an action. */
    enum Outcome {
        /** A message was sent. */
        SENT,
        /** A record joined a message to come. */
        GATHERED,
        /** A record fell into quiet hours. */
        SKIPPED,
        /** A record was too old. */
        TOO_OLD,
        /** A message of a further step was sent. */
        ESCALATED,
        /** Somebody acknowledged in time. */
        ACKNOWLEDGED
    }

    private final MeterRegistry registry;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    private record Series(String stream, String action, Outcome outcome) {}

    ActionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(String stream, String action, Outcome outcome) {
        counters.computeIfAbsent(new Series(stream, action, outcome), this::counter)
                .increment();
    }

    private Counter counter(Series series) {
        return Counter.builder(Metric.ACTIONS.meterName())
                .description(Metric.ACTIONS.description())
                .baseUnit(Metric.ACTIONS.unit())
                .tags(Tags.of(
                        Metric.Tag.STREAM,
                        series.stream(),
                        Metric.Tag.ACTION,
                        series.action(),
                        Metric.Tag.OUTCOME,
                        series.outcome().name()))
                .register(registry);
    }
}
