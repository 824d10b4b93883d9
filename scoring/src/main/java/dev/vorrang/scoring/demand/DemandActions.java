package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandAlertKind;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.view.DemandAlertView;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.rule.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Alerts about demand, as actions see them. */
public final class DemandActions {

    private static final DemandAlertView VIEW = new DemandAlertView();

    /** What conditions may ask. */
    public static final Fields<DemandAlert> FIELDS = Fields.<DemandAlert>named("actions")
            .text("id", "the same for all changes of the alert", DemandAlert::getId)
            .text("item", "name of the item", DemandAlert::getItem)
            .text(
                    "location",
                    "where it is ordered; empty if the item has one series",
                    alert -> Objects.requireNonNullElse(alert.getLocation(), ""))
            .text("kind", "`SURGE`, `LEVEL_SHIFT`, `STOP` or `STOCKOUT_AHEAD`", alert -> alert.getKind()
                    .name())
            .text("state", "`RAISED`, `UPDATED` or `CLEARED`", alert -> alert.getState()
                    .name())
            .time("start", "start of the first period that led to it", DemandAlert::getStart)
            .time("time", "start of the period of this change", DemandAlert::getTime)
            .number("peak", "highest severity so far, 0 to 1", DemandAlert::getPeak)
            .texts("reasons", "reasons, one line each", DemandAlert::getReasons)
            .text(
                    "severity",
                    "`NORMAL`, `HIGH` or `URGENT`, by its kind; `LOW` when it is cleared",
                    alert -> VIEW.headline(alert).severity().name())
            .build();

    private DemandActions() {}

    /** @param period length of a period: an alert has the time of its start */
    public static ActionSource<DemandAlert> source(Topics topics, Duration period) {
        return new ActionSource<>(
                "demand",
                topics.demandAlerts(),
                FIELDS,
                VIEW,
                DemandAlert::getId,
                DemandAlert::getPosition,
                alert -> alert.getState() == AlertState.CLEARED,
                period,
                now -> sample(topics, now));
    }

    private static DemandAlert sample(Topics topics, Instant now) {
        return DemandAlert.newBuilder()
                .setId("sample-alert")
                .setItem("item-1")
                .setKind(DemandAlertKind.STOCKOUT_AHEAD)
                .setState(AlertState.RAISED)
                .setStart(now)
                .setTime(now)
                .setPeak(0.9)
                .setPeakTime(now)
                .setReasons(List.of("a sample"))
                .setPosition(new Position(topics.demandObserved().name(), 0, 0L))
                .build();
    }
}
