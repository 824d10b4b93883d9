package dev.vorrang.training.plant;

import java.time.Instant;
import java.util.List;

/**
 * A fault of a simulated machine.
 *
 * @param start when it begins
 * @param end when it ends, after its start
 * @param sensors the sensors that show it; empty if no sensor does
 */
public record PlantFault(FaultType type, Instant start, Instant end, List<String> sensors) {

    public PlantFault {
        sensors = List.copyOf(sensors);
    }

    boolean activeAt(Instant time) {
        return !time.isBefore(start) && time.isBefore(end);
    }
}
