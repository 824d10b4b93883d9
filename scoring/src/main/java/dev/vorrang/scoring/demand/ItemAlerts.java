package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlertKind;
import dev.vorrang.schemas.Reason;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Holds what arrives of an item against its forecast. For one thread. */
final class ItemAlerts {

    /** A forecast that expects less than this in the empty periods says nothing against them. */
    private static final double MIN_MISSED = 3;

    private final Map<DemandAlertKind, AlertTrack> tracks = new EnumMap<>(DemandAlertKind.class);
    /** Sums of scores above and below the forecast, and where each began (Page 1954). */
    private double above;

    private double below;
    private long aboveSince;
    private long belowSince;
    /** What was expected in the periods since the last with demand. */
    private double missed;

    ItemAlerts() {
        for (DemandAlertKind kind : DemandAlertKind.values()) {
            tracks.put(kind, new AlertTrack());
        }
    }

    /** Looks at what has come of a period so far. */
    List<AlertChange> soFar(DemandAlertSettings settings, Expectation expected, long index, double quantity) {
        var changes = new ArrayList<AlertChange>(1);
        surge(settings, expected, index, quantity, changes);
        return changes;
    }

    private boolean surge(
            DemandAlertSettings settings,
            Expectation expected,
            long index,
            double quantity,
            List<AlertChange> changes) {
        double threshold = expected.surge(index, settings.surgeTimes());
        if (!(quantity > threshold)) {
            return false;
        }
        double median = expected.median(index);
        double severity = 1 - 0.5 * (threshold - median) / (quantity - median);
        raise(
                DemandAlertKind.SURGE,
                index,
                index,
                severity,
                settings.update(),
                () -> surgeReason(expected, index, quantity),
                changes);
        return true;
    }

    private static Reason surgeReason(Expectation expected, long index, double quantity) {
        String came = Numbers.text(quantity);
        String usual = Numbers.text(expected.median(index));
        String high = Numbers.text(expected.high(index));
        return DemandReason.SURGE.of(
                came + " came, " + usual + " were expected and " + high + " at most",
                Map.of("quantity", came, "expected", usual, "high", high));
    }

    /**
     * Looks at a period that is closed.
     *
     * @param period what came in it, not NaN
     */
    List<AlertChange> closed(DemandAlertSettings settings, Expectation expected, ClosedPeriod period) {
        var changes = new ArrayList<AlertChange>(2);
        long index = period.index();
        double quantity = period.quantity();
        surge(settings, expected, index, quantity, changes);
        close(DemandAlertKind.SURGE, index, quantity > expected.high(index), settings.calm(), changes);
        shift(settings, expected, index, quantity, changes);
        stop(settings, expected, period, changes);
        return changes;
    }

    private void shift(
            DemandAlertSettings settings,
            Expectation expected,
            long index,
            double quantity,
            List<AlertChange> changes) {
        double score = expected.score(index, quantity);
        aboveSince = above == 0 ? index : aboveSince;
        belowSince = below == 0 ? index : belowSince;
        above = Math.max(0, above + score - settings.drift());
        below = Math.max(0, below - score - settings.drift());
        double most = Math.max(above, below);
        boolean up = above >= below;
        if (most > settings.shift()) {
            raise(
                    DemandAlertKind.LEVEL_SHIFT,
                    index,
                    up ? aboveSince : belowSince,
                    1 - 0.5 * settings.shift() / most,
                    settings.update(),
                    () -> shiftReason(expected, index, quantity, up),
                    changes);
        }
        close(DemandAlertKind.LEVEL_SHIFT, index, most > settings.shift() / 2, 1, changes);
    }

    private static Reason shiftReason(Expectation expected, long index, double quantity, boolean up) {
        String came = Numbers.text(quantity);
        String usual = Numbers.text(expected.median(index));
        return DemandReason.LEVEL_SHIFT.of(
                "period after period " + (up ? "more" : "less") + " than forecast: last " + came + ", expected "
                        + usual,
                Map.of("direction", up ? "up" : "down", "quantity", came, "expected", usual));
    }

    private void stop(
            DemandAlertSettings settings, Expectation expected, ClosedPeriod period, List<AlertChange> changes) {
        if (period.quantity() != 0) {
            missed = 0;
            close(DemandAlertKind.STOP, period.index(), false, 1, changes);
            return;
        }
        missed += expected.mean(period.index());
        int enough = Math.max(settings.stopPeriods(), 2 * period.longestRun() + 1);
        if (period.emptyRun() >= enough && missed >= MIN_MISSED) {
            raise(
                    DemandAlertKind.STOP,
                    period.index(),
                    period.index() - period.emptyRun() + 1,
                    1 - 0.5 * enough / period.emptyRun(),
                    settings.update(),
                    () -> stopReason(period, missed),
                    changes);
        }
        close(DemandAlertKind.STOP, period.index(), true, 1, changes);
    }

    private static Reason stopReason(ClosedPeriod period, double missed) {
        String expected = Numbers.text(missed);
        return DemandReason.STOP.of(
                "nothing came in " + period.emptyRun() + " periods, " + expected + " were expected",
                Map.of("periods", String.valueOf(period.emptyRun()), "expected", expected));
    }

    /** Looks at whether the stock lasts. */
    List<AlertChange> stock(DemandAlertSettings settings, long index, StockOutlook outlook) {
        var changes = new ArrayList<AlertChange>(1);
        double limit = 1 - outlook.serviceLevel();
        double probability = outlook.stockoutProbability();
        if (probability > limit) {
            raise(
                    DemandAlertKind.STOCKOUT_AHEAD,
                    index,
                    index,
                    probability,
                    settings.update(),
                    () -> stockReason(outlook),
                    changes);
        }
        close(DemandAlertKind.STOCKOUT_AHEAD, index, probability > limit / 2, 1, changes);
        return changes;
    }

    private static Reason stockReason(StockOutlook outlook) {
        String stock = Numbers.text(outlook.position());
        String probability = Numbers.text(outlook.stockoutProbability());
        return DemandReason.STOCKOUT_AHEAD.of(
                stock + " in stock and on order run out within " + outlook.leadTime()
                        + " periods with a probability of " + probability,
                Map.of(
                        "stock", stock,
                        "probability", probability,
                        "leadTime", String.valueOf(outlook.leadTime())));
    }

    /** Ends all of them: the item is forecast no more. */
    List<AlertChange> discontinued(long index, int periods) {
        var changes = new ArrayList<AlertChange>(1);
        var reason = DemandReason.DISCONTINUED.of(
                "nothing came in " + periods + " periods: the item is forecast no more",
                Map.of("periods", String.valueOf(periods)));
        tracks.forEach((kind, track) -> {
            if (track.close()) {
                changes.add(change(kind, AlertState.CLEARED, index, reason));
            }
        });
        above = 0;
        below = 0;
        missed = 0;
        return changes;
    }

    private void raise(
            DemandAlertKind kind,
            long index,
            long since,
            double severity,
            int update,
            Supplier<Reason> reason,
            List<AlertChange> changes) {
        tracks.get(kind)
                .raise(index, since, severity, update)
                .ifPresent(state -> changes.add(change(kind, state, index, reason.get())));
    }

    private void close(DemandAlertKind kind, long index, boolean keeps, int clear, List<AlertChange> changes) {
        if (tracks.get(kind).closed(keeps, clear)) {
            var reason = DemandReason.RECOVERED.of("as forecast again", Map.of());
            changes.add(change(kind, AlertState.CLEARED, index, reason));
        }
    }

    private AlertChange change(DemandAlertKind kind, AlertState state, long index, Reason reason) {
        AlertTrack track = tracks.get(kind);
        return new AlertChange(kind, state, index, track.start(), track.peak(), track.peakIndex(), reason);
    }

    void write(DataOutput out) throws IOException {
        for (AlertTrack track : tracks.values()) {
            track.write(out);
        }
        out.writeDouble(above);
        out.writeDouble(below);
        out.writeLong(aboveSince);
        out.writeLong(belowSince);
        out.writeDouble(missed);
    }

    void read(DataInput in) throws IOException {
        for (AlertTrack track : tracks.values()) {
            track.read(in);
        }
        above = in.readDouble();
        below = in.readDouble();
        aboveSince = in.readLong();
        belowSince = in.readLong();
        missed = in.readDouble();
    }
}
