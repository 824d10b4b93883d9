package dev.vorrang.console.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machines, and what their sensors read. Thread-safe. */
public interface MachineStore {

    /** All machines, those with the most severe open alert first. */
    List<MachineView> machines();

    /** Whether a machine is among them. */
    default boolean has(String machine) {
        return machines().stream().anyMatch(each -> each.machine().equals(machine));
    }

    /**
     * What sensors of a machine read.
     *
     * @param from earliest time
     * @param to exclusive
     * @param points at most so many points a sensor, 10 to 2,000; neighbouring readings are combined
     * @return empty if the machine is not known
     */
    Optional<Series> series(String machine, Instant from, Instant to, int points);

    /**
     * A machine as it is now.
     *
     * @param state {@code ALERT}, {@code MAINTENANCE}, {@code SILENT} or {@code NORMAL}
     * @param anomaly last score, 0 to 1
     * @param fault most probable fault or condition
     * @param rul expected remaining life, and its interval by quantile
     * @param sensors last values
     * @param alerts that are open
     */
    record MachineView(
            String machine,
            String state,
            Instant lastReading,
            Optional<Double> anomaly,
            Optional<String> fault,
            Optional<Double> rul,
            Map<String, Double> rulQuantiles,
            Map<String, Double> sensors,
            Map<String, String> units,
            List<RecordSummary> alerts) {}

    /**
     * Readings of a machine, combined by time.
     *
     * @param times of the points, ms since 1970, ascending
     * @param anomaly highest score of each point; null if none
     * @param sensors by name
     * @param alerts that were open at any of the times
     */
    record Series(List<Long> times, List<Double> anomaly, Map<String, Sensor> sensors, List<RecordSummary> alerts) {}

    /**
     * A sensor at each of the times; null where it has no value.
     *
     * @param mean of the readings of the point
     * @param lowest of them
     * @param highest of them
     * @param normalLow where the normal band begins
     * @param normalHigh where it ends
     */
    record Sensor(
            List<Double> mean,
            List<Double> lowest,
            List<Double> highest,
            List<Double> normalLow,
            List<Double> normalHigh) {}
}
