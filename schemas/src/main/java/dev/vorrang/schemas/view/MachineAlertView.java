package dev.vorrang.schemas.view;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Position;
import java.util.List;
import java.util.Map;

/** A change of an alert. */
public final class MachineAlertView implements OutputView<MachineAlert> {

    @Override
    public Class<MachineAlert> type() {
        return MachineAlert.class;
    }

    @Override
    public Headline headline(MachineAlert alert) {
        Position at = alert.getPosition();
        return new Headline(
                alert.getMachine() + ": " + name(alert.getKind())
                        + (alert.getState() == AlertState.CLEARED ? ", cleared" : ""),
                severity(alert),
                OutputView.reasons(alert.getReasonDetails(), alert.getReasons()),
                alert.getMachine(),
                alert.getTime(),
                at.getTopic() + "-" + at.getPartition() + "@" + at.getOffset());
    }

    /** Nobody needs to hurry for a cleared alert. */
    private static Severity severity(MachineAlert alert) {
        return alert.getState() == AlertState.CLEARED ? Severity.LOW : severity(alert.getKind());
    }

    /** Of an alert that is open; one about the readings says nothing of the machine. */
    public static Severity severity(AlertKind kind) {
        return switch (kind) {
            case ANOMALY, REMAINING_LIFE, SILENT -> Severity.HIGH;
            case FAULT -> Severity.URGENT;
            case STUCK_SENSOR, LATE_READINGS, CLOCK, DROPOUT, SPIKES -> Severity.NORMAL;
        };
    }

    /**
     * Sensors with their shares, the largest first; by name where shares are the same.
     *
     * @param shares of an alert or a score, by sensor
     */
    public static List<Map.Entry<String, Float>> worstFirst(Map<String, Float> shares) {
        return shares.entrySet().stream()
                .sorted(Map.Entry.<String, Float>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** What an alert is about, in a word or two. */
    public static String name(AlertKind kind) {
        return switch (kind) {
            case ANOMALY -> "anomaly";
            case FAULT -> "fault";
            case REMAINING_LIFE -> "short life";
            case STUCK_SENSOR -> "stuck sensor";
            case LATE_READINGS -> "late readings";
            case CLOCK -> "clock ahead";
            case DROPOUT -> "dropouts";
            case SPIKES -> "spikes";
            case SILENT -> "silent";
        };
    }
}
