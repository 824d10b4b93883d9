package dev.vorrang.app.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The latest latencies, so many at most. For one thread. */
public final class Latencies {

    private static final int MOST = 2_000;

    private final Deque<Duration> latest = new ArrayDeque<>();

    public void add(Duration latency) {
        latest.addLast(latency);
        if (latest.size() > MOST) {
            latest.removeFirst();
        }
    }

    /** The nearest-rank percentile; absent before the first. */
    public Optional<Duration> percentile(int percent) {
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        var ordered = latest.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * ordered.size());
        return Optional.of(ordered.get(Math.max(rank, 1) - 1));
    }
}
