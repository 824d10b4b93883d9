package dev.vorrang.scoring.engine;

import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own time, clamped to 1970 until now: a record from the year 9999 must not move stream time, nor one without a time
 * (-1) be dropped.
 */
public final class ClampedTimestamps implements TimestampExtractor {

    private final Clock clock;

    /** @param clock tells what is now */
    public ClampedTimestamps(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, Math.min(record.timestamp(), clock.millis()));
    }
}
