package dev.vorrang.scoring.engine;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again in a daemon thread of its own. Java's timers drop work that throws, an {@link Error} included,
 * without a word; this one logs it and goes on. Safe for use by many threads.
 */
final class PeriodicWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicWork.class);

    private final String name;
    private final Runnable work;
    private final ScheduledExecutorService timer;

    private PeriodicWork(String name, Runnable work) {
        this.name = name;
        this.work = work;
        this.timer = Executors.newSingleThreadScheduledExecutor(run -> {
            var thread = new Thread(run, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts it.
     *
     * @param name of the thread
     * @param first until the work is done for the first time
     * @param pause between its end and its next begin
     */
    static PeriodicWork start(String name, Duration first, Duration pause, Runnable work) {
        var periodic = new PeriodicWork(name, work);
        periodic.timer.scheduleWithFixedDelay(
                periodic::runOnce, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return periodic;
    }

    private void runOnce() {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed, and is done again", name, e);
        }
    }

    /** Interrupts the work and does it no more. Does not wait for its end. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
