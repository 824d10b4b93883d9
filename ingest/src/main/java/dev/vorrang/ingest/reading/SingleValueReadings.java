package dev.vorrang.ingest.reading;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A payload that is one number, or true or false (1 and 0), and nothing else. The origin tells machine and sensor. */
public final class SingleValueReadings implements PayloadDecoder {

    private static final int LONGEST = 4 * Numbers.LONGEST;

    @Override
    public List<Decoded> decode(byte[] payload, Origin origin) {
        try {
            String sensor = origin.sensor().orElseThrow(() -> new BadPayloadException("sensor: is missing"));
            double value = value(sensor, Text.of(payload, LONGEST).strip());
            return List.of(new Decoded.Accepted(ReadingFactory.reading(
                    Optional.empty(), Optional.empty(), Map.of(sensor, value), payload, origin)));
        } catch (BadPayloadException e) {
            return List.of(e.refused(origin.source(), payload));
        }
    }

    private static double value(String sensor, String text) throws BadPayloadException {
        return switch (text) {
            case "true" -> 1;
            case "false" -> 0;
            default -> Numbers.parse(sensor, text);
        };
    }
}
