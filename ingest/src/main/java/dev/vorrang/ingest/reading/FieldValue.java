package dev.vorrang.ingest.reading;

import java.util.Optional;

/** What a field says of a sensor. */
sealed interface FieldValue {

    /** A finite number, with its unit where that stands behind it. */
    record Number(double value, Optional<String> unit) implements FieldValue {}

    /** That there is no value. */
    record None() implements FieldValue {}

    /** That the sensor, or what reads it, has failed; so it has no value. */
    record Failed() implements FieldValue {}

    /** Neither: a text that is no number. */
    record Other() implements FieldValue {}
}
