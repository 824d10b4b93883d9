package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.Position;
import org.apache.kafka.streams.processor.api.Record;

/** A record as it was read, and its position. */
record Source(Position position, Record<byte[], byte[]> record) {}
