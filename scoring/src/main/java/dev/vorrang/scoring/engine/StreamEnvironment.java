package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;

/**
 * What a stream runs in. Its parts are shared by the stream threads and stay the caller's to close.
 *
 * @param serdes of the topics' values
 * @param metrics of this stream
 * @param clock tells the time of scoring
 */
public record StreamEnvironment(AvroSerdes serdes, ScoringMetrics metrics, Clock clock) {

    public StreamEnvironment {
        Objects.requireNonNull(serdes, "serdes");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * With the time of the system.
     *
     * @param meters takes the stream's metrics
     * @param stream its name
     */
    public static StreamEnvironment of(AvroSerdes serdes, MeterRegistry meters, String stream) {
        return new StreamEnvironment(serdes, new ScoringMetrics(meters, stream), Clock.systemUTC());
    }
}
