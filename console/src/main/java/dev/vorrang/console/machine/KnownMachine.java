package dev.vorrang.console.machine;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Quality;
import dev.vorrang.schemas.SensorReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A machine as its last records tell. For one thread; {@link #copy} is for others. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class KnownMachine {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Milliseconds since 1970; 0 before the first. */
    long lastReading;

    Double anomaly;
    String fault;
    Double rul;
    Map<String, Double> rulQuantiles = Map.of();
    Map<String, Double> sensors = new TreeMap<>();
    Map<String, String> units = new TreeMap<>();
    /** In the time of the readings; null without maintenance. */
    Long maintenanceFrom;

    Long maintenanceUntil;

    void take(SensorReading reading) {
        // The last that arrived: a clock that was ahead once does not stay.
        lastReading = reading.getTime().toEpochMilli();
        reading.getValues().forEach((sensor, value) -> {
            if (isShown(reading, sensor, value)
                    && (sensors.containsKey(sensor) || sensors.size() < HourBlock.MAX_SENSORS)) {
                sensors.put(sensor, value);
                Optional.ofNullable(reading.getUnits().get(sensor)).ifPresent(unit -> units.put(sensor, unit));
            }
        });
    }

    /** Whether a value is one, and not one that its source calls bad. */
    static boolean isShown(SensorReading reading, String sensor, Double value) {
        return value != null
                && Double.isFinite(value)
                && sensor.length() <= MachineHistory.MAX_NAME
                && reading.getQuality().get(sensor) != Quality.BAD;
    }

    void take(MachineScore score) {
        anomaly = score.getAnomaly();
        fault = score.getFault().entrySet().stream()
                .max(Map.Entry.<String, Float>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(null);
        rul = score.getRul();
        rulQuantiles = new TreeMap<>(score.getRulQuantiles());
    }

    /** @param maintenance null if it has ended */
    void take(Maintenance maintenance) {
        maintenanceFrom = maintenance == null ? null : maintenance.getFrom().toEpochMilli();
        maintenanceUntil = maintenance == null || maintenance.getUntil() == null
                ? null
                : maintenance.getUntil().toEpochMilli();
    }

    boolean isInMaintenance() {
        return maintenanceFrom != null
                && maintenanceFrom <= lastReading
                && (maintenanceUntil == null || lastReading < maintenanceUntil);
    }

    KnownMachine copy() {
        var copy = new KnownMachine();
        copy.lastReading = lastReading;
        copy.anomaly = anomaly;
        copy.fault = fault;
        copy.rul = rul;
        copy.rulQuantiles = new TreeMap<>(rulQuantiles);
        copy.sensors = new TreeMap<>(sensors);
        copy.units = new TreeMap<>(units);
        copy.maintenanceFrom = maintenanceFrom;
        copy.maintenanceUntil = maintenanceUntil;
        return copy;
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a machine cannot be written", e);
        }
    }

    static KnownMachine read(byte[] bytes) {
        try {
            return JSON.readValue(bytes, KnownMachine.class);
        } catch (IOException e) {
            throw new UncheckedIOException("what is kept of a machine is damaged", e);
        }
    }
}
