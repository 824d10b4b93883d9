package dev.vorrang.console.index;

import java.time.Duration;

/** Something that is due at intervals. It goes by a clock that does not jump. For one thread. */
final class Interval {

    private final long nanos;
    private long since = System.nanoTime();

    Interval(Duration length) {
        nanos = length.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - since >= nanos;
    }

    /** Time until it is over; zero if it is. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - (System.nanoTime() - since)));
    }

    void restart() {
        since = System.nanoTime();
    }
}
