package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandStock;
import dev.vorrang.schemas.SeriesKey;
import java.io.DataInput;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;

/**
 * All that is known of an item: its closed periods, what has come of those that run, and the last forecast. What changes with each
 * order line (the head) is stored apart from the series, which changes when a period closes. For one thread.
 */
final class ItemState {

    /** Periods that may run at the same time, within the grace. */
    private static final int MAX_RUNNING = 10_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final SeriesKey key;
    private final NavigableMap<Long, Double> running = new TreeMap<>();
    private final LineIds ids = new LineIds();
    private final ItemAlerts alerts = new ItemAlerts();
    private Series series;
    private boolean totals;
    private long lastDemand;
    private int emptyRun;
    private int longestRun;
    private int revision;
    private long forecastOrigin = NEVER;
    private Optional<Expectation> expectation = Optional.empty();
    private Optional<DemandStock> stock = Optional.empty();
    private int waiting;
    private boolean begun;
    private boolean headChanged;
    private boolean seriesChanged;

    /** A new item, of which nothing is closed. */
    ItemState(SeriesKey key, Series series) {
        this.key = key;
        this.series = series;
        this.lastDemand = series.end();
    }

    SeriesKey key() {
        return key;
    }

    Series series() {
        return series;
    }

    ItemAlerts alerts() {
        return alerts;
    }

    Optional<Expectation> expectation() {
        return expectation;
    }

    Optional<DemandStock> stock() {
        return stock;
    }

    void stock(Optional<DemandStock> record) {
        stock = record;
    }

    /** Whether its periods come as totals rather than as order lines. */
    boolean totals() {
        return totals;
    }

    void totals(boolean asTotals) {
        totals = asTotals;
        headChanged = true;
    }

    /** Whether a line is new. */
    boolean note(String id) {
        headChanged = true;
        return ids.add(id);
    }

    /** Whether anything was ordered, rather than only known in advance. */
    boolean begun() {
        return begun;
    }

    /** Begins with a period, if it has not begun. */
    void beginAt(long index) {
        if (!begun) {
            begun = true;
            series.moveTo(index);
            lastDemand = index;
            headChanged = true;
            seriesChanged = true;
        }
    }

    /** Begins anew: what is known was of a wrong clock. */
    void restart(Series empty) {
        series = empty;
        running.clear();
        lastDemand = empty.end();
        emptyRun = 0;
        longestRun = 0;
        forecastOrigin = NEVER;
        expectation = Optional.empty();
        headChanged = true;
        seriesChanged = true;
    }

    /** Adds to a period that runs. @return what has come of it so far */
    double add(long index, double quantity) {
        headChanged = true;
        double sum = running.merge(index, quantity, Double::sum);
        if (sum != 0) {
            lastDemand = Math.max(lastDemand, index);
        }
        return sum;
    }

    /** Whether a period that runs could be noted. */
    boolean mayRun(long index) {
        return index - series.end() < MAX_RUNNING;
    }

    /**
     * Closes the period at the end of the series with what has come of it.
     *
     * @param absent what nothing means: 0, or NaN if it is not known
     */
    ClosedPeriod close(double absent) {
        Double came = running.remove(series.end());
        return close(series.end(), came == null ? absent : came);
    }

    /** Closes the period at the end of the series with a total. */
    ClosedPeriod closeAs(double total) {
        running.remove(series.end());
        return close(series.end(), total);
    }

    private ClosedPeriod close(long index, double quantity) {
        series.append(quantity);
        int before = longestRun;
        if (quantity == 0) {
            emptyRun++;
        } else if (!Double.isNaN(quantity)) {
            before = Math.max(longestRun, emptyRun);
            longestRun = before;
            emptyRun = 0;
            lastDemand = Math.max(lastDemand, index);
        }
        headChanged = true;
        seriesChanged = true;
        return new ClosedPeriod(index, quantity, emptyRun, before);
    }

    /**
     * Adds to a closed period, or to one before the first.
     *
     * @param absent what nothing means in a period between that and the first
     * @return whether that changes it
     */
    boolean correct(long index, double quantity, LongToDoubleFunction absent) {
        double before = index < series.start() ? 0 : series.get(index);
        return quantity != 0 && replace(index, quantity + (Double.isNaN(before) ? 0 : before), absent);
    }

    /** Replaces a closed period, or one before the first. @return whether that changes it */
    boolean replace(long index, double quantity, LongToDoubleFunction absent) {
        if (index < series.start()) {
            series.extendTo(index, absent);
        } else if (series.get(index) == quantity) {
            return false;
        }
        series.set(index, quantity);
        if (quantity != 0) {
            lastDemand = Math.max(lastDemand, index);
            emptyRun = (int) Math.min(emptyRun, series.end() - 1 - index);
        }
        headChanged = true;
        seriesChanged = true;
        return true;
    }

    /** Notes what is known in advance. */
    void know(long index, Map<String, Double> values) {
        if (!values.isEmpty()) {
            series.know(index, values);
            seriesChanged = true;
        }
    }

    /** Closed periods since the last with demand. */
    long quietFor() {
        return series.end() - 1 - lastDemand;
    }

    /** The number of a forecast from the end of the series among those from there. */
    int nextRevision() {
        revision = forecastOrigin == series.end() ? revision + 1 : 0;
        forecastOrigin = series.end();
        headChanged = true;
        return revision;
    }

    /** Takes the forecast that was asked for last but is only known now. */
    void expect(Optional<Expectation> next) {
        expectation = next;
        headChanged = true;
        waiting = Math.max(0, waiting - 1);
    }

    /** Notes that alerts may have changed. */
    void alertsChanged() {
        headChanged = true;
    }

    /** Whether a forecast of it waits for its batch. */
    boolean waits() {
        return waiting > 0;
    }

    void asked() {
        waiting++;
    }

    /** Nothing of it waits: a forecast that was asked for and is not there has failed. */
    void allForecast() {
        waiting = 0;
    }

    boolean headChanged() {
        return headChanged;
    }

    boolean seriesChanged() {
        return seriesChanged;
    }

    void written() {
        headChanged = false;
        seriesChanged = false;
    }

    byte[] head() {
        return Stored.bytes(out -> {
            out.writeLong(series.end());
            out.writeBoolean(begun);
            out.writeBoolean(totals);
            out.writeLong(lastDemand);
            out.writeInt(emptyRun);
            out.writeInt(longestRun);
            out.writeInt(revision);
            out.writeLong(forecastOrigin);
            out.writeInt(running.size());
            for (var entry : running.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeDouble(entry.getValue());
            }
            ids.write(out);
            alerts.write(out);
            out.writeBoolean(expectation.isPresent());
            if (expectation.isPresent()) {
                expectation.get().write(out);
            }
        });
    }

    byte[] storedSeries() {
        return Stored.bytes(series::write);
    }

    /** What a head says without the rest: whether a period must be closed at all. */
    record Glance(long end, boolean begun, boolean totals, long lastDemand) {}

    /** @throws IOException if the head is damaged */
    static Glance glance(byte[] head) throws IOException {
        DataInput in = Stored.opened(head);
        return new Glance(in.readLong(), in.readBoolean(), in.readBoolean(), in.readLong());
    }

    /**
     * Reads what {@link #head} and {@link #storedSeries} wrote.
     *
     * @throws IOException if it is damaged
     */
    static ItemState read(SeriesKey key, byte[] head, Series series) throws IOException {
        DataInput in = Stored.opened(head);
        var state = new ItemState(key, series);
        in.readLong();
        state.begun = in.readBoolean();
        state.totals = in.readBoolean();
        state.lastDemand = in.readLong();
        state.emptyRun = in.readInt();
        state.longestRun = in.readInt();
        state.revision = in.readInt();
        state.forecastOrigin = in.readLong();
        int sums = Stored.between("number of running periods", in.readInt(), 0, MAX_RUNNING);
        for (int i = 0; i < sums; i++) {
            state.running.put(in.readLong(), in.readDouble());
        }
        state.ids.read(in);
        state.alerts.read(in);
        state.expectation = in.readBoolean() ? Optional.of(Expectation.read(in)) : Optional.empty();
        return state;
    }
}
