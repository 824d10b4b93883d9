package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.Position;
import dev.vorrang.scoring.engine.RecordInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * What led to forecasts and alerts.
 *
 * @param position of the observation; of the last one read if time led to them
 * @param receivedAt when the observation was received; empty if it does not say, or if time led to them
 */
record Trigger(Position position, Optional<Instant> receivedAt) {

    static Trigger of(DemandObservation observation, RecordInfo record) {
        return new Trigger(record.position(), Optional.ofNullable(observation.getReceivedAt()));
    }

    /** The clock on the wall. */
    static Trigger time(Position last) {
        return new Trigger(last, Optional.empty());
    }
}
