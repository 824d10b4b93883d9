package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.Position;
import org.apache.kafka.streams.processor.api.Record;

/** A record as it was read, and its position. */
record Source(Position position, Record<byte[], byte[]> record) {

    /** Of key and value together. */
    long bytes() {
        return length(record.key()) + length(record.value());
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
