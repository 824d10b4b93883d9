package dev.vorrang.app.streams.mail.terminal;

import dev.vorrang.app.terminal.Latencies;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has been scored so far, most pressing first, with the figures below the table. Bounded: of more rows than it keeps, the
 * least pressing go; of more latencies, the oldest. Safe for use by many threads.
 */
public final class ScoreBoard {

    private static final int ROWS = 500;
    private static final Duration RATE_WINDOW = Duration.ofSeconds(5);
    private static final Comparator<MailScore> MOST_PRESSING = Comparator.comparing(MailScore::getPriority)
            .thenComparing(MailScore::getPriorityScore)
            .thenComparing(MailScore::getScoredAt)
            .reversed()
            .thenComparing(MailScore::getId);

    private final Map<String, MailScore> rows = new HashMap<>();
    private final Map<Priority, Long> counts = new EnumMap<>(Priority.class);
    private final Latencies latencies = new Latencies();
    private final Deque<Instant> seen = new ArrayDeque<>();
    private long scored;
    private long deadLetters;

    /**
     * @param rows most pressing first
     * @param scored mails scored in all
     * @param deadLetters records that could not be scored
     * @param counts mails of each priority
     * @param perSecond scored in the last seconds
     * @param p50 median latency of the latest mails, absent before the first
     * @param p99 99th percentile of the same
     */
    public record Snapshot(
            List<MailScore> rows,
            long scored,
            long deadLetters,
            Map<Priority, Long> counts,
            double perSecond,
            Optional<Duration> p50,
            Optional<Duration> p99) {}

    /**
     * Takes a score. One for a mail that is there already takes the other's place and is not counted again.
     *
     * @param latency from the mailbox to here
     * @param now when it was seen
     */
    public synchronized void add(MailScore score, Duration latency, Instant now) {
        if (rows.put(score.getId(), score) != null) {
            return;
        }
        scored++;
        counts.merge(score.getPriority(), 1L, Long::sum);
        seen.addLast(now);
        latencies.add(latency);
        forgetBefore(now.minus(RATE_WINDOW));
        if (rows.size() > ROWS) {
            rows.values().stream().max(MOST_PRESSING).map(MailScore::getId).ifPresent(rows::remove);
        }
    }

    /** Counts a record that went to the dead letters. */
    public synchronized void addDeadLetter() {
        deadLetters++;
    }

    public synchronized Snapshot snapshot(Instant now) {
        forgetBefore(now.minus(RATE_WINDOW));
        var sorted = new ArrayList<>(rows.values());
        sorted.sort(MOST_PRESSING);
        return new Snapshot(
                List.copyOf(sorted),
                scored,
                deadLetters,
                new EnumMap<>(counts),
                seen.size() / (double) RATE_WINDOW.toSeconds(),
                latencies.percentile(50),
                latencies.percentile(99));
    }

    private void forgetBefore(Instant start) {
        while (!seen.isEmpty() && seen.getFirst().isBefore(start)) {
            seen.removeFirst();
        }
    }
}
