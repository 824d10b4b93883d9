package dev.vorrang.training.machine;

/** What a model of the machine stream is to learn. */
public enum MachineKind {
    /** Normal behaviour, so that what is not normal is seen. */
    ANOMALY,
    /** Which fault or condition a machine has. */
    FAULT,
    /** Remaining useful life. */
    RUL
}
