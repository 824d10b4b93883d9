package dev.vorrang.app.stream;

import dev.vorrang.schemas.Stage;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** Counts the dead letters of sources, beside those of scoring and in the same metric. Safe for use by many threads. */
final class SourceDeadLetters {

    private final Map<String, Counter> counters = new HashMap<>();

    /** @param streams by the topics of their dead letters */
    SourceDeadLetters(Map<String, String> streams, MeterRegistry metrics) {
        // What a source cannot read failed where scoring fails to decode.
        streams.forEach(
                (topic, stream) -> counters.put(topic, ScoringMetrics.deadLetters(metrics, stream, Stage.DECODE)));
    }

    /** @param topic of a record that a source sent */
    void count(String topic) {
        Counter counter = counters.get(topic);
        if (counter != null) {
            counter.increment();
        }
    }
}
