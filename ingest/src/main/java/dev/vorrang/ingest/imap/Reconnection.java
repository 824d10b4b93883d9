package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.connection.Backoff;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long to wait between two connections. The waits grow with each, and begin anew only when a connection has held for
 * {@link #SOUND}: a server that takes every login and then closes is not logged into again and again. With the usual cap of 5 min
 * these are at most 10 logins in 5 min. For one thread.
 */
final class Reconnection {

    /** A connection that held for so long was sound. */
    static final Duration SOUND = Duration.ofMinutes(1);

    private final Backoff backoff;
    private final LongSupplier nanoTime;
    private boolean isOpen;
    private long openedAt;
    private int failures;

    /** @param nanoTime as {@link System#nanoTime} */
    Reconnection(Backoff backoff, LongSupplier nanoTime) {
        this.backoff = backoff;
        this.nanoTime = nanoTime;
    }

    /** The folder is open. */
    void opened() {
        isOpen = true;
        openedAt = nanoTime.getAsLong();
    }

    /** The connection is lost, or was not to be had; how long to wait now. */
    Duration lost() {
        count();
        return backoff.next();
    }

    /** The server refuses what it took before; how long to wait now. */
    Duration refused() {
        count();
        return backoff.max();
    }

    private void count() {
        if (isOpen && nanoTime.getAsLong() - openedAt >= SOUND.toNanos()) {
            backoff.reset();
            failures = 0;
        }
        isOpen = false;
        failures++;
    }

    /** Connections in a row that failed before they were sound. */
    int failures() {
        return failures;
    }
}
