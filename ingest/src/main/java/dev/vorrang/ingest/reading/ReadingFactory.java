package dev.vorrang.ingest.reading;

import dev.vorrang.schemas.SensorReading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes readings that keep every promise of their schema, or refuses. */
final class ReadingFactory {

    private static final int MAX_NAME = 200;
    private static final int MAX_VALUES = 1_000;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    /** Clocks of machines run ahead, but not by more. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private ReadingFactory() {}

    /**
     * @param machine as the payload says, else as the origin does
     * @param time as the payload says, else the time of receipt; clamped from 2000 to a day after receipt, with a flag
     * @param values null where there is none
     * @param payload its bytes, for the id
     * @throws BadPayloadException if there is no machine, no value, or a name or value is not allowed
     */
    static SensorReading reading(
            Optional<String> machine, Optional<Instant> time, Map<String, Double> values, byte[] payload, Origin origin)
            throws BadPayloadException {
        String name = machine.or(origin::machine).orElseThrow(() -> new BadPayloadException("machine: is missing"));
        checkName("machine", name);
        if (values.isEmpty()) {
            throw new BadPayloadException("values: are missing, allowed are 1 to " + MAX_VALUES);
        }
        if (values.size() > MAX_VALUES) {
            throw new BadPayloadException("values: " + values.size() + ", allowed are 1 to " + MAX_VALUES);
        }
        for (Map.Entry<String, Double> value : values.entrySet()) {
            checkName("sensor", value.getKey());
            if (value.getValue() != null && !Double.isFinite(value.getValue())) {
                throw new BadPayloadException(
                        "value of " + value.getKey() + " '" + value.getValue() + "': allowed is a finite number");
            }
        }
        Instant said = time.orElse(origin.receivedAt()).truncatedTo(ChronoUnit.MILLIS);
        Instant clamped = clamp(said, origin.receivedAt().truncatedTo(ChronoUnit.MILLIS));
        return SensorReading.newBuilder()
                .setId(id(name, said, origin.source(), payload))
                .setMachine(name)
                .setTime(clamped)
                .setValues(values)
                .setSource(origin.source())
                .setReceivedAt(origin.receivedAt().truncatedTo(ChronoUnit.MILLIS))
                .setFlags(clamped.equals(said) ? List.of() : List.of("time_clamped"))
                .build();
    }

    /** A reading with all that its source says of its values. */
    static SensorReading reading(
            Optional<String> machine, Optional<Instant> time, SensorValues values, byte[] payload, Origin origin)
            throws BadPayloadException {
        SensorReading reading = reading(machine, time, values.values(), payload, origin);
        if (values.flags().isEmpty() && values.units().isEmpty()) {
            return reading;
        }
        var flags = new ArrayList<>(values.flags());
        flags.addAll(reading.getFlags());
        return SensorReading.newBuilder(reading)
                .setQuality(values.quality())
                .setUnits(values.units())
                .setFlags(flags)
                .build();
    }

    private static Instant clamp(Instant time, Instant receivedAt) {
        Instant latest = receivedAt.plus(AHEAD);
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(latest) ? latest : time;
    }

    static void checkName(String field, String name) throws BadPayloadException {
        boolean plain = name.codePoints()
                .noneMatch(character -> Character.isISOControl(character)
                        || Character.getType(character) == Character.SURROGATE
                        || Character.getType(character) == Character.FORMAT);
        if (name.isBlank() || name.length() > MAX_NAME || !plain) {
            throw new BadPayloadException("name of " + field + " '" + BadPayloadException.shown(name)
                    + "': allowed are 1 to " + MAX_NAME + " characters, no control characters among them");
        }
    }

    static String id(String machine, Instant time, String source, byte[] payload) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            String head = machine + '\n' + time.toEpochMilli() + '\n' + source + '\n';
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(payload), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
