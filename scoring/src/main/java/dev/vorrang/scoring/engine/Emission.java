package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.metrics.Measurement;
import java.time.Instant;
import java.util.List;

/**
 * What is sent on and counted for a scored record, or for work that is due by time.
 *
 * @param eventTime when what the record tells of happened
 * @param outputs records to send, in order
 * @param measurements counted once they are sent
 */
public record Emission(Instant eventTime, List<Output<?>> outputs, List<Measurement> measurements) {}
