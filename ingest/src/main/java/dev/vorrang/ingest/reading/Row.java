package dev.vorrang.ingest.reading;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A row of CSV, or an object of JSON, as its decoder reads it.
 *
 * @param name what the row is about, if it tells: the machine, or the item
 * @param time as the row tells it; empty where it does not
 * @param numbers fields that are read as numbers, and what is to be known of them
 * @param texts fields that are taken as they stand, by name; those that are missing or blank are left out
 * @param payload bytes of the row
 * @param origin where it comes from
 */
record Row(
        Optional<String> name,
        Optional<Instant> time,
        SensorValues numbers,
        Map<String, String> texts,
        byte[] payload,
        Origin origin) {}
