package dev.vorrang.ingest.reading;

import java.util.Set;

/** What rows of CSV and objects of JSON become. Safe for use by several threads. */
public abstract sealed class RowTarget permits RowTarget.Readings, OrderLines {

    /** Readings of sensors: every field but those of machine and time is a sensor. */
    public static final RowTarget READINGS = new Readings();

    RowTarget() {}

    /** Fields that are taken as they stand. */
    abstract Set<String> texts();

    /** Fields that are read as numbers; empty for all others. */
    abstract Set<String> numbers();

    /** Fields without which no row can be one: CSV must have columns for them. */
    abstract Set<String> required();

    /** What tells of fields that are odd. */
    abstract SensorNotes notes();

    /** @throws BadPayloadException if the row cannot be one */
    abstract Decoded of(Row row) throws BadPayloadException;

    static final class Readings extends RowTarget {

        @Override
        Set<String> texts() {
            return Set.of();
        }

        @Override
        Set<String> numbers() {
            return Set.of();
        }

        @Override
        Set<String> required() {
            return Set.of();
        }

        @Override
        SensorNotes notes() {
            return new SensorNotes();
        }

        @Override
        Decoded of(Row row) throws BadPayloadException {
            return new Decoded.Accepted(
                    ReadingFactory.reading(row.name(), row.time(), row.numbers(), row.payload(), row.origin()));
        }
    }
}
