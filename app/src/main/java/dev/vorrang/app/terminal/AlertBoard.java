package dev.vorrang.app.terminal;

import dev.vorrang.app.terminal.AlertRows.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * The latest record and the open alerts of each key of a stream, most pressing first. Bounded: rows beyond those that it keeps are
 * counted only. Safe for use by many threads.
 *
 * @param <S> records of which a row has the latest
 * @param <A> alerts
 */
public final class AlertBoard<S, A extends SpecificRecord> {

    private static final int ROWS = 500;

    private final AlertRows<S, A> made;
    private final Map<String, Row<S, A>> rows = new HashMap<>();
    private final Latencies latencies = new Latencies();
    private long seen;
    private long raised;
    private long deadLetters;

    /**
     * @param rows most pressing first
     * @param seen records that are no alerts, in all
     * @param raised alerts raised in all
     * @param deadLetters records that the stream could not take
     * @param p50 median latency of the latest records, absent before the first
     * @param p99 99th percentile of the same
     */
    public record Snapshot<S, A>(
            List<Row<S, A>> rows,
            long seen,
            long raised,
            long deadLetters,
            Optional<Duration> p50,
            Optional<Duration> p99) {

        /** Alerts that are open. */
        public long open() {
            return rows.stream().mapToLong(row -> row.alerts().size()).sum();
        }
    }

    /** @param made how rows are made of records */
    public AlertBoard(AlertRows<S, A> made) {
        this.made = made;
    }

    /** @param latency from where the record came in to here */
    public synchronized void add(S latest, Duration latency) {
        seen++;
        latencies.add(latency);
        Row<S, A> known = row(made.key().apply(latest));
        put(new Row<>(known.key(), Optional.of(latest), known.alerts()));
    }

    /** Takes what has become of an alert. */
    public synchronized void add(A alert) {
        Row<S, A> known = row(made.alerts().headline(alert).key());
        var change = made.change().apply(alert);
        var alerts = new LinkedHashMap<>(known.alerts());
        if (change.cleared()) {
            alerts.remove(change.id());
        } else {
            alerts.put(change.id(), alert);
        }
        raised += change.raised() ? 1 : 0;
        put(new Row<>(known.key(), known.latest(), alerts));
    }

    /** Counts a record that went to the dead letters. */
    public synchronized void addDeadLetter() {
        deadLetters++;
    }

    private Row<S, A> row(String key) {
        return rows.getOrDefault(key, new Row<>(key, Optional.empty(), Map.of()));
    }

    private void put(Row<S, A> row) {
        if (rows.size() < ROWS || rows.containsKey(row.key())) {
            rows.put(row.key(), row);
        } else if (!row.alerts().isEmpty()) {
            rows.values().stream()
                    .filter(other -> other.alerts().isEmpty())
                    .findFirst()
                    .ifPresent(other -> {
                        rows.remove(other.key());
                        rows.put(row.key(), row);
                    });
        }
    }

    public synchronized Snapshot<S, A> snapshot() {
        return new Snapshot<>(
                rows.values().stream().sorted(made.mostPressing()).toList(),
                seen,
                raised,
                deadLetters,
                latencies.percentile(50),
                latencies.percentile(99));
    }
}
