package dev.vorrang.app.stream;

import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** Counts the dead letters of sources, beside those of scoring and in the same metric. Safe for use by many threads. */
final class SourceDeadLetters {

    private final Map<String, Counter> counters;

    SourceDeadLetters(Topics topics, MeterRegistry metrics) {
        // What a source cannot read failed where scoring fails to decode.
        counters = Map.of(
                topics.mailDeadLetters().name(),
                ScoringMetrics.deadLetters(metrics, "mail", Stage.DECODE),
                topics.machineDeadLetters().name(),
                ScoringMetrics.deadLetters(metrics, "machine", Stage.DECODE));
    }

    /** @param topic of a record that a source sent */
    void count(String topic) {
        Counter counter = counters.get(topic);
        if (counter != null) {
            counter.increment();
        }
    }
}
