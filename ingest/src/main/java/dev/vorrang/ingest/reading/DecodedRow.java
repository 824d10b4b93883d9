package dev.vorrang.ingest.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A row of CSV.
 *
 * @param fields as they are written, in the order of the header; none if the row is no CSV
 * @param decoded the reading that it is, or why it is none
 * @param time as the row says it, before it is clamped; empty where it has none
 */
public record DecodedRow(List<String> fields, Decoded decoded, Optional<Instant> time) {}
