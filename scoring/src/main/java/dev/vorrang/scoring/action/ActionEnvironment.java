package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;

/**
 * What actions are decided in. Its parts are shared by the stream threads and stay the caller's to close.
 *
 * @param topics with their prefix
 * @param serdes of the topics' values
 * @param meters takes the metrics
 * @param clock tells when things are due
 */
public record ActionEnvironment(Topics topics, AvroSerdes serdes, MeterRegistry meters, Clock clock) {

    /** Value of the tag {@code stream} of what is measured of all actions together. */
    public static final String NAME = "actions";

    public ActionEnvironment {
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(serdes, "serdes");
        Objects.requireNonNull(meters, "meters");
        Objects.requireNonNull(clock, "clock");
    }

    /** Of stream threads and dead letters. */
    public ScoringMetrics metrics() {
        return new ScoringMetrics(meters, NAME);
    }
}
