package dev.vorrang.console.desk;

import java.time.Instant;
import java.util.Optional;

/** Marks of machines. Each returns when the broker has it. Thread-safe. */
public interface MachineMarks {

    /**
     * Takes what is open of a machine as normal.
     *
     * @param alert id of one alert; empty for all that are open
     * @throws NotWrittenException if the broker does not take it in time
     */
    void accept(String machine, Optional<String> alert, String by, String reason);

    /**
     * Marks a machine as in maintenance.
     *
     * @param from empty for now
     * @param until empty if it is open
     * @throws NotWrittenException if the broker does not take it in time
     */
    void maintain(String machine, Instant from, Optional<Instant> until, String reason);

    /**
     * Ends the maintenance of a machine.
     *
     * @throws NotWrittenException if the broker does not take it in time
     */
    void endMaintenance(String machine);
}
