package dev.vorrang.console.machine;

import dev.vorrang.console.history.HistorySettings;
import dev.vorrang.console.index.TopicFollower;
import dev.vorrang.console.view.MachineStore;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordQuery.Sort;
import dev.vorrang.console.view.RecordStore;
import dev.vorrang.console.view.RecordSummary;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The machines: how they are, from the last records and the alerts that are open, and what their sensors read, minute by minute. Follows the
 * topics until it is closed.
 */
public final class Machines implements MachineStore, AutoCloseable {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    /** Days from which the normal bands are. */
    private static final int BAND_HOURS = 7 * 24;

    private static final Duration BANDS_HOLD = Duration.ofMinutes(10);
    /** More alerts at once are not shown beside their machines. */
    private static final int MAX_ALERTS = 5_000;

    private static final String CLEARED = "CLEARED";

    private final MachineHistory history;
    private final TopicFollower follower;
    private final RecordStore records;
    private final Clock clock;
    private final Map<String, HeldBands> bands = new HashMap<>();

    private record HeldBands(NormalBands bands, Instant until) {}

    private Machines(MachineHistory history, TopicFollower follower, RecordStore records, Clock clock) {
        this.history = history;
        this.follower = follower;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Opens what is kept and begins to follow the topics.
     *
     * @param records has the alerts; stays the caller's, and open for longer than this
     * @throws IOException if the folder cannot be used, or is in use
     */
    public static Machines open(HistorySettings settings, RecordStore records, Clock clock) throws IOException {
        var history = new MachineHistory(settings.topics(), settings.serdes(), settings.folder(), settings.retention());
        history.open();
        var follower = TopicFollower.start("console-machines", settings.kafka(), settings.keeping(), history);
        return new Machines(history, follower, records, clock);
    }

    @Override
    public List<MachineView> machines() {
        Map<String, List<RecordSummary>> open = new HashMap<>();
        alerts(Map.of(MachineAlertFeed.STATE, Set.of("!" + CLEARED)), Sort.PRIORITY, Optional.empty(), MAX_ALERTS)
                .forEach(alert -> open.computeIfAbsent(alert.key(), first -> new ArrayList<>())
                        .add(alert));
        var views = new ArrayList<MachineView>();
        history.machines().forEach((name, machine) -> {
            if (machine.lastReading != 0) {
                views.add(view(name, machine, open.getOrDefault(name, List.of())));
            }
        });
        views.sort(Comparator.comparing(Machines::pressing).reversed().thenComparing(MachineView::machine));
        return List.copyOf(views);
    }

    @Override
    public boolean has(String machine) {
        return history.hasRead(machine);
    }

    /** Severity of the most severe open alert, from 1; 0 without. */
    private static int pressing(MachineView machine) {
        return machine.alerts().stream()
                .mapToInt(alert -> alert.severity().ordinal() + 1)
                .max()
                .orElse(0);
    }

    private static MachineView view(String name, KnownMachine machine, List<RecordSummary> alerts) {
        return new MachineView(
                name,
                state(machine, alerts),
                Instant.ofEpochMilli(machine.lastReading),
                Optional.ofNullable(machine.anomaly),
                Optional.ofNullable(machine.fault),
                Optional.ofNullable(machine.rul),
                machine.rulQuantiles,
                machine.sensors,
                machine.units,
                List.copyOf(alerts));
    }

    private static String state(KnownMachine machine, List<RecordSummary> alerts) {
        if (machine.isInMaintenance()) {
            return "MAINTENANCE";
        }
        if (alerts.stream().anyMatch(alert -> hasKind(alert, "SILENT"))) {
            return "SILENT";
        }
        return alerts.isEmpty() ? "NORMAL" : "ALERT";
    }

    private static boolean hasKind(RecordSummary alert, String kind) {
        return alert.facets().getOrDefault(MachineAlertFeed.KIND, List.of()).contains(kind);
    }

    @Override
    public Optional<Series> series(String machine, Instant from, Instant to, int points) {
        if (!history.isKnown(machine)) {
            return Optional.empty();
        }
        long first = Math.floorDiv(from.toEpochMilli(), MINUTE);
        long end = Math.max(first + 1, -Math.floorDiv(-to.toEpochMilli(), MINUTE));
        var series = new SeriesBuilder(first, end, points);
        for (long hour :
                history.hours(machine, Math.floorDiv(first, (long) HourBlock.MINUTES), -Math.floorDiv(-end, (long)
                        HourBlock.MINUTES))) {
            history.hour(machine, hour).ifPresent(block -> series.add(hour, block));
        }
        List<RecordSummary> alerts = alertsOf(machine, to).stream()
                .filter(alert -> isOpen(alert) || !alert.scoredAt().isBefore(from))
                .toList();
        return Optional.of(series.series(bands(machine), alerts));
    }

    private List<RecordSummary> alertsOf(String machine, Instant to) {
        return alerts(
                        Map.of(MachineAlertFeed.MACHINE, Set.of(machine)),
                        Sort.NEWEST,
                        Optional.of(to),
                        2 * RecordQuery.MAX_LIMIT)
                .stream()
                // A name that begins with ! would ask for all but it.
                .filter(alert -> alert.key().equals(machine))
                .toList();
    }

    private static boolean isOpen(RecordSummary alert) {
        return !alert.facets().getOrDefault(MachineAlertFeed.STATE, List.of()).contains(CLEARED);
    }

    private List<RecordSummary> alerts(Map<String, Set<String>> filters, Sort sort, Optional<Instant> to, int most) {
        var query = new RecordQuery(
                MachineConsole.NAME,
                Set.of(),
                "",
                filters,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                to,
                sort,
                false,
                Optional.empty(),
                RecordQuery.MAX_LIMIT);
        return records.all(query, most);
    }

    /** Of the last days that are known, whenever these were; as they were a few minutes ago at most. */
    private NormalBands bands(String machine) {
        Instant now = clock.instant();
        synchronized (bands) {
            HeldBands held = bands.get(machine);
            if (held != null && now.isBefore(held.until())) {
                return held.bands();
            }
        }
        NormalBands fresh = freshBands(machine);
        synchronized (bands) {
            bands.values().removeIf(held -> !now.isBefore(held.until()));
            bands.put(machine, new HeldBands(fresh, now.plus(BANDS_HOLD)));
        }
        return fresh;
    }

    private NormalBands freshBands(String machine) {
        var fresh = new NormalBands();
        List<Long> known = history.hours(machine, Long.MIN_VALUE, Long.MAX_VALUE);
        if (known.isEmpty()) {
            return fresh;
        }
        long last = known.get(known.size() - 1);
        LongPredicate wrong = wrong(alertsOf(machine, Instant.ofEpochMilli((last + 1) * HOUR)));
        for (long hour : history.hours(machine, last - BAND_HOURS + 1, last + 1)) {
            history.hour(machine, hour).ifPresent(block -> fresh.add(hour, block, wrong));
        }
        return fresh.finished();
    }

    /** Whether an alert was open at a minute since 1970. */
    private static LongPredicate wrong(List<RecordSummary> alerts) {
        var starts = new long[alerts.size()];
        var ends = new long[alerts.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = Math.floorDiv(alerts.get(i).time().toEpochMilli(), MINUTE);
            ends[i] = isOpen(alerts.get(i))
                    ? Long.MAX_VALUE
                    : Math.floorDiv(alerts.get(i).scoredAt().toEpochMilli(), MINUTE);
        }
        return minute -> {
            for (int i = 0; i < starts.length; i++) {
                if (starts[i] <= minute && minute <= ends[i]) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Keeps what was read. */
    @Override
    public void close() throws IOException {
        follower.close();
        history.close();
    }
}
