package dev.vorrang.app.streams.demand.terminal;

import dev.vorrang.app.terminal.Latencies;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.schemas.view.DemandAlertView;
import dev.vorrang.schemas.view.Severity;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is forecast of each item, most pressing first. Bounded: items beyond those that it keeps are counted only. Safe for use by many
 * threads.
 */
public final class DemandBoard {

    private static final int ITEMS = 500;
    private static final Comparator<Row> MOST_PRESSING =
            Comparator.comparing(Row::severity).reversed().thenComparing(Row::item);

    private final Map<String, Row> rows = new HashMap<>();
    private final Latencies latencies = new Latencies();
    private long forecasts;
    private long raised;
    private long deadLetters;

    /**
     * An item.
     *
     * @param item its key
     * @param forecast the latest
     * @param alerts that are open, by id, in the order in which they were raised
     */
    public record Row(String item, Optional<DemandForecast> forecast, Map<String, DemandAlert> alerts) {

        /** That of the most severe alert. */
        Severity severity() {
            var view = new DemandAlertView();
            return alerts.values().stream()
                    .map(alert -> view.headline(alert).severity())
                    .max(Comparator.naturalOrder())
                    .orElse(Severity.LOW);
        }
    }

    /**
     * @param rows most pressing first
     * @param forecasts made in all
     * @param raised alerts raised in all
     * @param deadLetters records that could not be taken
     * @param p50 median latency of the latest forecasts, absent before the first
     * @param p99 99th percentile of the same
     */
    public record Snapshot(
            List<Row> rows,
            long forecasts,
            long raised,
            long deadLetters,
            Optional<Duration> p50,
            Optional<Duration> p99) {

        /** Alerts that are open. */
        public long open() {
            return rows.stream().mapToLong(row -> row.alerts().size()).sum();
        }
    }

    /** @param latency from the observation that led to it to here */
    public synchronized void add(DemandForecast forecast, Duration latency) {
        forecasts++;
        latencies.add(latency);
        Row known = row(SeriesKey.of(forecast.getItem(), forecast.getLocation()).toString());
        put(new Row(known.item(), Optional.of(forecast), known.alerts()));
    }

    /** Takes what has become of an alert. */
    public synchronized void add(DemandAlert alert) {
        Row known = row(SeriesKey.of(alert.getItem(), alert.getLocation()).toString());
        var alerts = new LinkedHashMap<>(known.alerts());
        if (alert.getState() == AlertState.CLEARED) {
            alerts.remove(alert.getId());
        } else {
            alerts.put(alert.getId(), alert);
        }
        raised += alert.getState() == AlertState.RAISED ? 1 : 0;
        put(new Row(known.item(), known.forecast(), alerts));
    }

    /** Counts a record that went to the dead letters. */
    public synchronized void addDeadLetter() {
        deadLetters++;
    }

    private Row row(String item) {
        return rows.getOrDefault(item, new Row(item, Optional.empty(), Map.of()));
    }

    private void put(Row row) {
        if (rows.size() < ITEMS || rows.containsKey(row.item())) {
            rows.put(row.item(), row);
        } else if (!row.alerts().isEmpty()) {
            rows.values().stream()
                    .filter(other -> other.alerts().isEmpty())
                    .findFirst()
                    .ifPresent(other -> {
                        rows.remove(other.item());
                        rows.put(row.item(), row);
                    });
        }
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(
                rows.values().stream().sorted(MOST_PRESSING).toList(),
                forecasts,
                raised,
                deadLetters,
                latencies.percentile(50),
                latencies.percentile(99));
    }
}
