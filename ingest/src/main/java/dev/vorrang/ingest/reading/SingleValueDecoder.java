package dev.vorrang.ingest.reading;

import java.util.List;
import java.util.Optional;

/** A payload that is one number, perhaps with its unit, or true or false (1 and 0), and nothing else. The origin tells machine and sensor. */
public final class SingleValueDecoder implements PayloadDecoder {

    private static final int LONGEST = 4 * Numbers.LONGEST;

    private final SensorNotes notes = new SensorNotes();

    @Override
    public List<Decoded> decode(byte[] payload, Origin origin) {
        try {
            String sensor = origin.sensor().orElseThrow(() -> new BadPayloadException("sensor: is missing"));
            var values = new SensorValues(notes, origin.source());
            String text = Text.of(payload, LONGEST);
            FieldValue value = Numbers.of(text, NumberFormat.PLAIN);
            values.put(sensor, value instanceof FieldValue.Number ? value : new FieldValue.Other(), text);
            return List.of(new Decoded.Accepted(
                    ReadingFactory.reading(Optional.empty(), Optional.empty(), values, payload, origin)));
        } catch (BadPayloadException e) {
            return List.of(e.refused(origin.source(), payload));
        }
    }
}
