package dev.vorrang.ingest.reading;

import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.SensorReading;
import java.util.ArrayList;

/** What became of a payload, or of one row of it. */
public sealed interface Decoded {

    /** It is a reading. */
    record Accepted(SensorReading reading) implements Decoded {

        /** The same with one more thing to know of it. */
        public Accepted flagged(String flag) {
            if (reading.getFlags().contains(flag)) {
                return this;
            }
            var flags = new ArrayList<>(reading.getFlags());
            flags.add(flag);
            return new Accepted(
                    SensorReading.newBuilder(reading).setFlags(flags).build());
        }
    }

    /** It is demand. */
    record Observed(DemandObservation observation) implements Decoded {}

    /**
     * It cannot be one.
     *
     * @param source where it comes from
     * @param payload its bytes; not to be changed
     * @param cause kind of the error
     * @param message the error in words: field, value and what is allowed
     */
    record Refused(String source, byte[] payload, String cause, String message) implements Decoded {}
}
