package dev.vorrang.ingest.reading;

import dev.vorrang.schemas.Quality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of one reading, and what is to be known of them. A sensor whose field is no number is missing, which a flag tells, and
 * the log once. For one thread.
 */
final class SensorValues {

    /** Flag of a sensor whose field is a text that is no number. */
    static final String NOT_A_NUMBER = "not_a_number:";

    private static final int MAX_FLAGS = 20;

    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Map<String, Quality> quality = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final List<String> flags = new ArrayList<>();
    private final SensorNotes notes;
    private final String source;
    private String problem;

    SensorValues(SensorNotes notes, String source) {
        this.notes = notes;
        this.source = source;
    }

    /** @param shown the field as a message may show it */
    void put(String sensor, FieldValue value, String shown) {
        if (value instanceof FieldValue.Number number) {
            values.put(sensor, number.value());
            number.unit().ifPresent(unit -> units.put(sensor, unit));
        } else if (value instanceof FieldValue.None) {
            values.put(sensor, null);
        } else {
            if (value instanceof FieldValue.Failed) {
                values.put(sensor, null);
                quality.put(sensor, Quality.BAD);
            }
            missing(sensor, shown);
        }
    }

    private void missing(String sensor, String shown) {
        String why = "value of " + BadPayloadException.shown(sensor) + " '" + BadPayloadException.shown(shown)
                + "': allowed is a decimal number of at most " + Numbers.LONGEST + " characters";
        problem = problem == null ? why : problem;
        flag(NOT_A_NUMBER + BadPayloadException.shown(sensor));
        notes.tell(sensor, source, why + "; the sensor is missing wherever it has none");
    }

    void flag(String flag) {
        if (flags.size() < MAX_FLAGS && !flags.contains(flag)) {
            flags.add(flag);
        }
    }

    /** As {@link #values}, where no field may be a text that is no number. */
    Map<String, Double> readable() throws BadPayloadException {
        if (problem != null) {
            throw new BadPayloadException(problem);
        }
        return values;
    }

    Map<String, Double> values() throws BadPayloadException {
        if (values.isEmpty() && problem != null) {
            throw new BadPayloadException(problem);
        }
        return values;
    }

    Map<String, Quality> quality() {
        return quality;
    }

    Map<String, String> units() {
        return units;
    }

    List<String> flags() {
        return flags;
    }
}
