package dev.vorrang.ingest.reading;

import dev.vorrang.schemas.Quality;
import dev.vorrang.schemas.SensorReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source measured that hands over values rather than bytes.
 *
 * @param machine name of the machine
 * @param time when it was measured
 * @param values value of each sensor, finite, or null where there is none
 * @param quality of the sensors that are not good
 * @param units of the sensors that have one
 * @param flags things to know of the reading
 */
public record Measurement(
        String machine,
        Instant time,
        Map<String, Double> values,
        Map<String, Quality> quality,
        Map<String, String> units,
        List<String> flags) {

    /**
     * Makes a reading of it, or refuses it with its cause.
     *
     * @param payload tells the measurement from any other of the same machine, time and source, for the reading's id
     */
    public Decoded decode(byte[] payload, Origin origin) {
        try {
            SensorReading reading =
                    ReadingFactory.reading(Optional.of(machine), Optional.of(time), values, payload, origin);
            var all = new ArrayList<>(flags);
            all.addAll(reading.getFlags());
            return new Decoded.Accepted(SensorReading.newBuilder(reading)
                    .setQuality(quality)
                    .setUnits(units)
                    .setFlags(all)
                    .build());
        } catch (BadPayloadException e) {
            return e.refused(origin.source(), payload);
        }
    }
}
