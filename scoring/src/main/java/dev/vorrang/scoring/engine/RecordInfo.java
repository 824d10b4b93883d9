package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record as it was read. Its bytes are never changed.
 *
 * @param position where it stands in Kafka
 * @param record key, value, headers and time
 * @param arrived when it came to the processor
 */
public record RecordInfo(Position position, Record<byte[], byte[]> record, Instant arrived) {

    /** Key in UTF-8, empty if there is none. */
    public Optional<String> key() {
        return Optional.ofNullable(record.key()).map(key -> new String(key, StandardCharsets.UTF_8));
    }

    /** Bytes of key and value together. */
    long bytes() {
        return length(record.key()) + length(record.value());
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
