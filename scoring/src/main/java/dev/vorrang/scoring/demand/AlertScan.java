package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlertKind;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import java.util.List;

/**
 * Raises alerts of one item from its forecasts as the stream does, where periods come as a table rather than as order lines. For one
 * thread.
 */
public final class AlertScan {

    private final DemandAlertSettings settings;
    private final float[] levels;
    private final ItemAlerts alerts = new ItemAlerts();
    private int emptyRun;
    private int longestRun;

    /**
     * A change of an alert.
     *
     * @param period number of the period of the change
     * @param start number of the first period that led to it
     * @param peak highest severity so far, 0 to 1
     * @param reason in words
     */
    public record Change(DemandAlertKind kind, AlertState state, long period, long start, double peak, String reason) {}

    /**
     * @param levels of the quantiles of the forecasts
     * @param before quantities of the periods before the first forecast, which tell how long runs of empty ones are; NaN: not known
     */
    public AlertScan(DemandAlertSettings settings, List<Double> levels, float[] before) {
        this.settings = settings;
        this.levels = new float[levels.size()];
        for (int i = 0; i < this.levels.length; i++) {
            this.levels[i] = levels.get(i).floatValue();
        }
        for (float quantity : before) {
            count(0, quantity);
        }
    }

    private ClosedPeriod count(long period, float quantity) {
        if (quantity == 0) {
            emptyRun++;
        } else if (!Float.isNaN(quantity)) {
            longestRun = Math.max(longestRun, emptyRun);
            emptyRun = 0;
        }
        return new ClosedPeriod(period, quantity, emptyRun, longestRun);
    }

    /**
     * Closes the next period.
     *
     * @param period its number
     * @param forecast of this period, made from all before it
     * @param observed quantities before it, as many as the model saw
     * @param quantity what came; NaN: not known
     */
    public List<Change> close(long period, DemandPrediction forecast, float[] observed, float quantity) {
        ClosedPeriod closed = count(period, quantity);
        if (Float.isNaN(quantity)) {
            return List.of();
        }
        return alerts.closed(settings, Expectation.of(period, levels, forecast, observed), closed).stream()
                .map(change -> new Change(
                        change.kind(),
                        change.state(),
                        change.index(),
                        change.start(),
                        change.peak(),
                        change.reason().getText()))
                .toList();
    }
}
