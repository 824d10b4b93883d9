package dev.vorrang.app.streams.machine.terminal;

import dev.vorrang.app.terminal.Latencies;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.view.MachineAlertView;
import dev.vorrang.schemas.view.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How each machine is, most pressing first. Bounded: machines beyond those that it keeps are counted only. Safe for use by many
 * threads.
 */
public final class MachineBoard {

    private static final int MACHINES = 500;
    private static final Comparator<Row> MOST_PRESSING = Comparator.comparing(
                    (Row row) -> row.alerts().isEmpty() ? 0 : 1)
            .thenComparing(row -> isWarning(row) ? 0 : 1)
            .reversed()
            .thenComparing(Row::machine);

    private final Map<String, Row> rows = new HashMap<>();
    private final Latencies latencies = new Latencies();
    private long scored;
    private long raised;
    private long deadLetters;

    /**
     * A machine.
     *
     * @param score the latest
     * @param alerts that are open, by id, in the order in which they were raised
     */
    public record Row(String machine, Optional<MachineScore> score, Map<String, MachineAlert> alerts) {}

    /**
     * @param rows most pressing first
     * @param scored readings scored in all
     * @param raised alerts raised in all
     * @param deadLetters records that could not be scored
     * @param p50 median latency of the latest readings, absent before the first
     * @param p99 99th percentile of the same
     */
    public record Snapshot(
            List<Row> rows,
            long scored,
            long raised,
            long deadLetters,
            Optional<Duration> p50,
            Optional<Duration> p99) {

        /** Alerts that are open. */
        public long open() {
            return rows.stream().mapToLong(row -> row.alerts().size()).sum();
        }
    }

    /** Whether the alerts of a machine are about its readings rather than about itself. */
    static boolean isWarning(Row row) {
        var view = new MachineAlertView();
        return row.alerts().values().stream()
                .allMatch(alert -> view.headline(alert).severity().compareTo(Severity.HIGH) < 0);
    }

    /** @param latency from the reading to here */
    public synchronized void add(MachineScore score, Duration latency) {
        scored++;
        latencies.add(latency);
        Row known = row(score.getMachine());
        put(new Row(score.getMachine(), Optional.of(score), known.alerts()));
    }

    /** Takes what has become of an alert. */
    public synchronized void add(MachineAlert alert) {
        Row known = row(alert.getMachine());
        var alerts = new LinkedHashMap<>(known.alerts());
        if (alert.getState() == AlertState.CLEARED) {
            alerts.remove(alert.getId());
        } else {
            alerts.put(alert.getId(), alert);
        }
        raised += alert.getState() == AlertState.RAISED ? 1 : 0;
        put(new Row(alert.getMachine(), known.score(), alerts));
    }

    /** Counts a record that went to the dead letters. */
    public synchronized void addDeadLetter() {
        deadLetters++;
    }

    private Row row(String machine) {
        return rows.getOrDefault(machine, new Row(machine, Optional.empty(), Map.of()));
    }

    private void put(Row row) {
        if (rows.size() < MACHINES || rows.containsKey(row.machine())) {
            rows.put(row.machine(), row);
        } else if (!row.alerts().isEmpty()) {
            rows.values().stream()
                    .filter(other -> other.alerts().isEmpty())
                    .findFirst()
                    .ifPresent(other -> {
                        rows.remove(other.machine());
                        rows.put(row.machine(), row);
                    });
        }
    }

    public synchronized Snapshot snapshot() {
        var sorted = new ArrayList<>(rows.values());
        sorted.sort(MOST_PRESSING);
        return new Snapshot(
                List.copyOf(sorted), scored, raised, deadLetters, latencies.percentile(50), latencies.percentile(99));
    }
}
