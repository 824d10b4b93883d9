package dev.vorrang.ingest.reading;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a payload comes from.
 *
 * @param source as a URL, with the place in it if it has one: mqtt://host:port/topic, file:/path#line
 * @param machine the machine, where the source and not the payload tells it, by its topic, say
 * @param sensor the sensor, where the source tells it
 * @param receivedAt when it came
 */
public record Origin(String source, Optional<String> machine, Optional<String> sensor, Instant receivedAt) {}
