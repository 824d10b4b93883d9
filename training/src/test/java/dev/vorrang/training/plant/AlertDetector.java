package dev.vorrang.training.plant;

import java.time.Instant;
import java.util.List;

/** Something that raises alerts for one machine. For one machine and one thread. */
public interface AlertDetector {

    /**
     * An alert at the time of its raising.
     *
     * @param sensors to blame, the worst first; may be empty
     */
    record Raised(Instant time, List<String> sensors) {}

    /** Alerts that are raised by a sample. */
    List<Raised> add(SimulatedMachine.Values sample);

    /** Alerts that were not given yet, when there are no more samples. */
    default List<Raised> end() {
        return List.of();
    }
}
