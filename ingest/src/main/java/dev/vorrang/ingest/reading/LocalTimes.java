package dev.vorrang.ingest.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the instants of local times of one source, of which one hour in autumn comes twice and one in spring not at all.
 *
 * <p>In the hour that comes twice the instant is taken that fits the machine's time before it, and the step between the two before
 * that, best: a sequence that goes back by an hour has begun the second hour. Without a time before, that of a source that sends as
 * it measures must not be after its receipt; else it cannot be told: the first hour is taken, and the reading flagged
 * {@code ambiguous_time}. A time in the hour that does not exist is taken with the offset of before, and flagged
 * {@code nonexistent_time}. The same sequence always gives the same instants. Safe for use by many threads.
 */
public final class LocalTimes {

    private static final String AMBIGUOUS = "ambiguous_time";
    private static final String NONEXISTENT = "nonexistent_time";

    /** Clocks of sources that send as they measure are ahead by less. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private static final int MAX_MACHINES = 10_000;

    private final boolean live;
    private final Map<String, Track> tracks = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Track> eldest) {
            return size() > MAX_MACHINES;
        }
    };

    /** Where a machine's times stand: the last, and the step to it, in ms. */
    private record Track(long last, long step) {

        Track next(long time) {
            long now = time - last;
            // One long silence is no step: it grows to the double at most.
            long most = step == 0 ? Duration.ofHours(1).toMillis() : 2 * Math.abs(step);
            return new Track(time, now == 0 ? step : Math.max(-most, Math.min(most, now)));
        }

        long expected() {
            return last + step;
        }
    }

    /**
     * An instant.
     *
     * @param flag what is to be known of it
     */
    record Resolved(Instant instant, Optional<String> flag) {}

    private LocalTimes(boolean live) {
        this.live = live;
    }

    /** Of a source that sends as it measures, so that the time of receipt tells something. */
    static LocalTimes live() {
        return new LocalTimes(true);
    }

    /** Of a file, which may be read at any time. */
    public static LocalTimes ofFile() {
        return new LocalTimes(false);
    }

    synchronized Resolved resolve(ReadingTime.Written written, ZoneId zone, String machine, Instant receivedAt) {
        Resolved resolved = written.local()
                .map(local -> local(local, zone.getRules(), tracks.get(machine), receivedAt))
                .orElseGet(() -> new Resolved(written.instant(), Optional.empty()));
        long millis = resolved.instant().toEpochMilli();
        Track before = tracks.get(machine);
        tracks.put(machine, before == null ? new Track(millis, 0) : before.next(millis));
        return resolved;
    }

    private Resolved local(LocalDateTime local, ZoneRules rules, Track before, Instant receivedAt) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.size() == 1) {
            return new Resolved(local.toInstant(offsets.get(0)), Optional.empty());
        }
        ZoneOffsetTransition transition = rules.getTransition(local);
        Instant first = local.toInstant(transition.getOffsetBefore());
        if (transition.isGap()) {
            return new Resolved(first, Optional.of(NONEXISTENT));
        }
        Instant second = local.toInstant(transition.getOffsetAfter());
        long half = Duration.between(first, second).toMillis() / 2;
        if (live && second.isAfter(receivedAt.plus(AHEAD))) {
            return new Resolved(first, Optional.empty());
        }
        Optional<Resolved> fitting =
                before == null ? Optional.empty() : nearest(first, second, before.expected(), half);
        return fitting.or(() -> live ? nearest(first, second, receivedAt.toEpochMilli(), half) : Optional.empty())
                .orElse(new Resolved(first, Optional.of(AMBIGUOUS)));
    }

    /** That of the two which is nearer; empty if neither is near. */
    private static Optional<Resolved> nearest(Instant first, Instant second, long expected, long half) {
        long toFirst = Math.abs(first.toEpochMilli() - expected);
        long toSecond = Math.abs(second.toEpochMilli() - expected);
        return Math.min(toFirst, toSecond) > half
                ? Optional.empty()
                : Optional.of(new Resolved(toSecond < toFirst ? second : first, Optional.empty()));
    }
}
