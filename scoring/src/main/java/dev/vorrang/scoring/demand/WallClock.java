package dev.vorrang.scoring.demand;

import dev.vorrang.scoring.engine.RecordInfo;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a task has read all that was written, so that a quiet topic means that nothing came: neither while it reads what has piled
 * up, nor just after it was down or held up. For one thread.
 */
final class WallClock {

    /** How often {@link #isUpToDate} is to be asked. */
    static final Duration PERIOD = Duration.ofSeconds(30);

    /** A task that reads what was written before that is behind. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private Instant listening;
    private Instant asked;

    WallClock(Instant now) {
        this.listening = now;
        this.asked = now;
    }

    void read(RecordInfo record) {
        if (Instant.ofEpochMilli(record.record().timestamp()).plus(BEHIND).isBefore(record.arrived())) {
            listening = record.arrived();
        }
    }

    /** @param grace for which it must have been so, at least {@link #BEHIND} */
    boolean isUpToDate(Instant now, Duration grace) {
        if (asked.plus(PERIOD.multipliedBy(3)).isBefore(now)) {
            listening = now;
        }
        asked = now;
        Duration least = grace.compareTo(BEHIND) > 0 ? grace : BEHIND;
        return !listening.plus(least).isAfter(now);
    }
}
