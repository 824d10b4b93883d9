package dev.vorrang.scoring.machine;

/**
 * How the readings of machines become steps, and findings alerts.
 *
 * @param intake from readings to steps
 * @param alerts from findings to alerts
 */
public record MachineSettings(IntakeSettings intake, AlertSettings alerts) {

    public static MachineSettings defaults() {
        return new MachineSettings(IntakeSettings.defaults(), AlertSettings.defaults());
    }
}
