package dev.vorrang.scoring.demand;

/** What of machines is counted as demand. */
public enum MachineGroup {
    /** Alerts that are raised, by their kind. */
    KIND,
    /** Alerts that are raised, by machine. */
    ALERTS,
    /** Hours in which a machine runs. */
    HOURS
}
