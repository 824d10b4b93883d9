package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.view.MachineAlertView;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.rule.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alerts of machines, as actions see them. */
public final class MachineActions {

    /** What conditions may ask. */
    public static final Fields<MachineAlert> FIELDS = Fields.<MachineAlert>named("actions")
            .all(AlertRoutes.ALERT)
            .text(
                    "severity",
                    "`NORMAL`, `HIGH` or `URGENT`, by its kind; the same when it is cleared",
                    alert -> MachineAlertView.severity(alert.getKind()).name())
            .build();

    private MachineActions() {}

    public static ActionSource<MachineAlert> source(Topics topics) {
        return new ActionSource<>(
                "machine",
                topics.machineAlerts(),
                FIELDS,
                new MachineAlertView(),
                MachineAlert::getId,
                MachineAlert::getPosition,
                alert -> alert.getState() == AlertState.CLEARED,
                Duration.ZERO,
                now -> sample(topics, now));
    }

    private static MachineAlert sample(Topics topics, Instant now) {
        return MachineAlert.newBuilder()
                .setId("sample-alert")
                .setMachine("press-1")
                .setType("press")
                .setKind(AlertKind.FAULT)
                .setState(AlertState.RAISED)
                .setStart(now)
                .setTime(now)
                .setPeak(0.9)
                .setPeakTime(now)
                .setSensors(Map.of("vibration", 0.7f, "temperature", 0.3f))
                .setFault("bearing")
                .setReasons(List.of("a sample"))
                .setPosition(new Position(topics.machineReadings().name(), 0, 0L))
                .build();
    }
}
