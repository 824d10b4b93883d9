package dev.vorrang.training.plant;

/** What goes wrong with a simulated machine or one of its sensors. */
public enum FaultType {
    /** Pressure falls and flow rises, within ten minutes. */
    LEAK,
    /** A sensor's zero point moves by 20 % of its usual level in two days. */
    DRIFT,
    /** Vibration grows by 150 % in three days. */
    WEAR,
    /** Two sensors are swapped. */
    SWAP,
    /** A sensor reads 6 % too high at once. */
    CALIBRATION,
    /** A sensor repeats its last value while the machine runs. */
    STUCK,
    /** A sensor's values come and go. */
    DROPOUT,
    /** Single values of a sensor are far off, about six an hour. */
    SPIKES,
    /** A sensor's level is 50 % higher at once, and stays there. */
    FAILURE,
    /** The machine sends nothing for eight hours. */
    SILENCE
}
