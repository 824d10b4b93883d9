package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Reason;
import dev.vorrang.scoring.machine.judge.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes records of what the judgement of a machine raises, updates and clears. Immutable. */
final class JudgedAlerts {

    private final String machine;
    private final String type;

    JudgedAlerts(String machine, String type) {
        this.machine = machine;
        this.type = type;
    }

    /** Id of the alert that a change belongs to. */
    String id(Judgement.Change change) {
        return Alerts.id(machine, change.kind(), change.start(), change.about());
    }

    MachineAlert of(Judgement.Change change, Position position) {
        return of(change, reason(change), position);
    }

    /** @param reason why it is cleared, where the readings are not the reason */
    MachineAlert of(Judgement.Change change, Reason reason, Position position) {
        return MachineAlert.newBuilder()
                .setId(id(change))
                .setMachine(machine)
                .setType(type)
                .setKind(change.kind())
                .setState(change.state())
                .setStart(Instant.ofEpochMilli(change.start()))
                .setTime(Instant.ofEpochMilli(change.time()))
                .setPeak(change.peak())
                .setPeakTime(Instant.ofEpochMilli(change.peakTime()))
                .setSensors(change.sensors())
                .setReasons(List.of(reason.getText()))
                .setReasonDetails(List.of(reason))
                .setPosition(position)
                .build();
    }

    private static Reason reason(Judgement.Change change) {
        String sensors = String.join(", ", change.sensors().keySet());
        Map<String, String> named = Map.of("sensors", sensors);
        return switch (change.kind()) {
            case STUCK_SENSOR -> AlertReason.STUCK_SENSOR.of("repeats one value: " + sensors, named);
            case DROPOUT -> AlertReason.DROPOUT.of("values are missing: " + sensors, named);
            case SPIKES -> AlertReason.SPIKES.of("single values are far off: " + sensors, named);
            case SILENT ->
                AlertReason.SILENT.of(
                        (change.state() == AlertState.CLEARED ? "readings came again after " : "no readings for ")
                                + (change.time() - change.start()) / 60_000 + " min",
                        Map.of());
            case FAULT, REMAINING_LIFE, LATE_READINGS, CLOCK ->
                throw new IllegalStateException(change.kind() + " comes from no judgement");
            case ANOMALY ->
                AlertReason.ANOMALY.of(
                        (change.sensors().size() > 1
                                        ? "anomalous; main contributors: "
                                        : "anomalous; main contributor: ")
                                + sensors,
                        named);
        };
    }
}
