package dev.vorrang.scoring.action;

import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A value on its way out of a processor.
 *
 * @param topic where it goes: a topic, or one of the internal {@link #TRIGGERS} and {@link #RECORDS}
 */
record Routed(String topic, byte[] value) {

    /** What met a condition, by the name of the action. */
    static final String TRIGGERS = "triggers";
    /** All about a record, by its id. */
    static final String RECORDS = "records";

    boolean isFor(String other) {
        return topic.equals(other);
    }

    boolean isForATopic() {
        return !isFor(TRIGGERS) && !isFor(RECORDS);
    }

    /** Writes the value alone. */
    static Serde<Routed> serde() {
        return Serdes.serdeFrom(
                (topic, routed) -> Objects.requireNonNull(routed, "routed").value(), (topic, bytes) -> {
                    throw new UnsupportedOperationException("read as bytes");
                });
    }
}
