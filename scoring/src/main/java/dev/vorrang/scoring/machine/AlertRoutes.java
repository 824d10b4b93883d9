package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.view.MachineAlertView;
import dev.vorrang.scoring.route.Route;
import dev.vorrang.scoring.route.Routes;
import dev.vorrang.scoring.rule.Conditions;
import dev.vorrang.scoring.rule.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Routes of the alerts of machines. An alert that no route takes is in {@code machine.alerts} only, where all are. */
public final class AlertRoutes {

    /** What there is to ask of an alert. */
    static final Fields<MachineAlert> ALERT = Fields.<MachineAlert>named("Alert")
            .text("id", "the same for all changes of the alert", MachineAlert::getId)
            .text("machine", "name of the machine", MachineAlert::getMachine)
            .text("type", "type of the machine; empty if it has none", MachineAlert::getType)
            .text(
                    "family",
                    "type of the machine; its name if it has none",
                    alert -> alert.getType().isEmpty() ? alert.getMachine() : alert.getType())
            .text(
                    "kind",
                    "`ANOMALY`, `FAULT`, `REMAINING_LIFE`, `STUCK_SENSOR`, `DROPOUT`, `SPIKES`, `SILENT`, `LATE_READINGS` or `CLOCK`",
                    alert -> alert.getKind().name())
            .text("state", "`RAISED`, `UPDATED` or `CLEARED`", alert -> alert.getState()
                    .name())
            .time("start", "time of the first step that led to it", MachineAlert::getStart)
            .time("time", "time of this change", MachineAlert::getTime)
            .number("peak", "highest severity so far, 0 to 1", MachineAlert::getPeak)
            .numbers("sensors", "contributing sensor to its share", MachineAlert::getSensors)
            .text("mainSensor", "the sensor that contributes most; empty if none does", AlertRoutes::mainSensor)
            .text(
                    "fault",
                    "label of the fault; empty for other kinds",
                    alert -> alert.getFault() == null ? "" : alert.getFault())
            .number(
                    "remainingLife",
                    "expected remaining life; not a number if that is not known",
                    alert -> alert.getRul() == null ? Double.NaN : alert.getRul())
            .texts("reasons", "reasons, one line each", MachineAlert::getReasons)
            .build();

    /** What routes may ask. */
    public static final Fields<MachineAlert> VARIABLES = Fields.<MachineAlert>named("routes")
            .struct("alert", ALERT, alert -> alert)
            .text(
                    "severity",
                    "`NORMAL`, `HIGH` or `URGENT`, by its kind; the same when it is cleared, so that one queue gets all of its changes",
                    alert -> MachineAlertView.severity(alert.getKind()).name())
            .build();

    private static final Conditions<MachineAlert> CONDITIONS =
            Conditions.over(VARIABLES, alert -> "alert " + alert.getId() + " of machine " + alert.getMachine());

    private AlertRoutes() {}

    private static String mainSensor(MachineAlert alert) {
        return MachineAlertView.worstFirst(alert.getSensors()).stream()
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /**
     * @param routes in order, may be empty
     * @throws IllegalArgumentException if a queue's name or a condition is not valid; the message says which and what is allowed
     */
    public static Routes<MachineAlert> of(List<Route> routes) {
        return Routes.of(routes, Optional.empty(), CONDITIONS);
    }
}
