package dev.vorrang.schemas.view;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandAlertKind;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SeriesKey;

/** A change of an alert about demand. */
public final class DemandAlertView implements OutputView<DemandAlert> {

    @Override
    public Class<DemandAlert> type() {
        return DemandAlert.class;
    }

    @Override
    public Headline headline(DemandAlert alert) {
        Position at = alert.getPosition();
        String key = SeriesKey.of(alert.getItem(), alert.getLocation()).toString();
        return new Headline(
                key + ": " + name(alert.getKind()) + (alert.getState() == AlertState.CLEARED ? ", cleared" : ""),
                severity(alert),
                OutputView.reasons(alert.getReasonDetails(), alert.getReasons()),
                key,
                alert.getTime(),
                at.getTopic() + "-" + at.getPartition() + "@" + at.getOffset());
    }

    private static Severity severity(DemandAlert alert) {
        if (alert.getState() == AlertState.CLEARED) {
            return Severity.LOW;
        }
        return switch (alert.getKind()) {
            case STOCKOUT_AHEAD -> Severity.URGENT;
            case SURGE, STOP -> Severity.HIGH;
            case LEVEL_SHIFT -> Severity.NORMAL;
        };
    }

    /** What an alert is about, in a word or two. */
    public static String name(DemandAlertKind kind) {
        return switch (kind) {
            case SURGE -> "surge";
            case LEVEL_SHIFT -> "level shift";
            case STOP -> "stop";
            case STOCKOUT_AHEAD -> "stockout ahead";
        };
    }
}
