package dev.vorrang.scoring.machine.judge;

/** What a change of the judgement is about. */
public enum FindingKind {
    /** Sensors do not fit each other or their own past in the machine's running state. */
    ANOMALY,
    /** A sensor that should vary reads the same. */
    STUCK_SENSOR,
    /** Values of a sensor are missing again and again. */
    DROPOUT,
    /** Single values of a sensor are far off. */
    SPIKES,
    /** Nothing comes from the machine. */
    SILENT
}
