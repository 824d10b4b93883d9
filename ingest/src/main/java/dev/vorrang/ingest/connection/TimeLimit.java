package dev.vorrang.ingest.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The longest time that something may take in all. The timeout of a socket is for each read: with a byte now and then a server is in
 * time for ever. One thread begins and closes it; the timer is a daemon thread that the Java platform has for all delays.
 */
public final class TimeLimit implements AutoCloseable {

    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /**
     * Begins now.
     *
     * @param most positive
     * @param cut ends what is going on, without waiting for anything; called by another thread if this is not closed in time, and at
     *     most once. It may still run when {@link #close()} returns
     */
    public TimeLimit(Duration most, Runnable cut) {
        over.thenRun(cut);
        over.completeOnTimeout(null, most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the time was over before this was closed. */
    public boolean isOver() {
        return over.isDone() && !over.isCancelled();
    }

    @Override
    public void close() {
        over.cancel(false);
    }
}
