package dev.vorrang.console.operations;

import dev.vorrang.console.operations.OperatedStream.Facts;
import dev.vorrang.schemas.ModelRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts the scored records of the last hour. For one thread. */
final class StreamCounts {

    static final int MINUTES = 60;
    /** Records of which the latency is known: the last. */
    private static final int LAST = 2_000;

    private static final double[] LEVELS = {0.5, 0.95, 0.99};

    private final TreeMap<Long, Minute> minutes = new TreeMap<>();
    private final long[] latencies = new long[LAST];
    private int latencyCount;
    private final boolean[] abstained = new boolean[LAST];
    private int abstainedCount;

    /** A minute: records and the models that scored them. */
    private static final class Minute {
        private long records;
        private final Map<ModelRef, Long> models = new HashMap<>();
    }

    void add(Facts facts, Instant now) {
        long minute = minute(facts.scoredAt());
        long last = minute(now);
        // A clock that is ahead does not fill memory.
        if (minute > last - MINUTES && minute <= last + 1) {
            Minute counts = minutes.computeIfAbsent(minute, first -> new Minute());
            counts.records++;
            facts.models().forEach(model -> counts.models.merge(model, 1L, Long::sum));
        }
        minutes.headMap(last - MINUTES, true).clear();
        facts.received()
                .ifPresent(received -> latencies[latencyCount++ % LAST] =
                        Math.max(0, Duration.between(received, facts.scoredAt()).toMillis()));
        facts.abstained().ifPresent(did -> abstained[abstainedCount++ % LAST] = did);
    }

    private static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60L);
    }

    /** The last hour, the oldest minute first. */
    List<Long> perMinute(Instant now) {
        var counts = new ArrayList<Long>(MINUTES);
        for (long minute = minute(now) - MINUTES + 1; minute <= minute(now); minute++) {
            counts.add(Optional.ofNullable(minutes.get(minute))
                    .map(each -> each.records)
                    .orElse(0L));
        }
        return counts;
    }

    /** Records of the last hour by model. */
    Map<ModelRef, Long> models(Instant now) {
        Collection<Minute> last = minutes.tailMap(minute(now) - MINUTES, false).values();
        var counts = new HashMap<ModelRef, Long>();
        last.forEach(minute -> minute.models.forEach((model, count) -> counts.merge(model, count, Long::sum)));
        return counts;
    }

    /** Quantiles by level; empty if there are none. */
    Map<String, Double> latencyMillis() {
        long[] sorted = Arrays.copyOf(latencies, Math.min(LAST, latencyCount));
        Arrays.sort(sorted);
        var quantiles = new TreeMap<String, Double>();
        for (double level : LEVELS) {
            if (sorted.length > 0) {
                quantiles.put(Double.toString(level), (double) sorted[(int) Math.ceil(level * sorted.length) - 1]);
            }
        }
        return quantiles;
    }

    /** Of the last records on which a model could abstain; empty without. */
    Optional<Double> abstainedShare() {
        int known = Math.min(LAST, abstainedCount);
        int did = 0;
        for (int i = 0; i < known; i++) {
            did += abstained[i] ? 1 : 0;
        }
        return known == 0 ? Optional.empty() : Optional.of(did / (double) known);
    }
}
