package dev.vorrang.ingest.connection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does not end unnoticed. If its work ends by an exception or an {@link Error}, that is logged, reported to
 * {@link ReaderReports}, and the work begins again after a pause that grows. After {@value #MAX_FAILURES} such ends in a row the
 * thread has failed: {@link #check()} throws, so that its owner fails as well. Safe for use by many threads.
 */
public final class SupervisedThread implements AutoCloseable {

    /** Ends in a row after which the work is not begun again. */
    public static final int MAX_FAILURES = 8;

    private static final Logger log = LoggerFactory.getLogger(SupervisedThread.class);
    /** Work that went on for so long was sound; its end is the first in a row. */
    private static final Duration SOUND = Duration.ofMinutes(1);

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Work work;
    private final Backoff backoff;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** The work ended as it should: it returned, or its owner interrupted it. */
    private volatile boolean done;

    private volatile Throwable failure;

    /** What a thread does. It is done when it returns; it begins anew when it throws anything but an InterruptedException. */
    public interface Work {
        /** @throws Exception if it cannot go on */
        void run() throws Exception;
    }

    private SupervisedThread(String name, Work work, Backoff backoff) {
        this.work = work;
        this.backoff = backoff;
        this.thread = new Thread(this::supervise, name);
        thread.setDaemon(true);
    }

    /**
     * Starts a daemon thread.
     *
     * @param name of the thread, different from those of others, for log lines and health
     * @param backoff pauses between an end and a new begin; used by this thread alone
     */
    public static SupervisedThread start(String name, Work work, Backoff backoff) {
        var supervised = new SupervisedThread(name, work, backoff);
        supervised.thread.start();
        return supervised;
    }

    /**
     * Whether the owner can rely on the thread; to be called now and then, such as from a task's poll.
     *
     * @throws IllegalStateException if the thread has ended for good, although nobody stopped it and its work was not done
     */
    public void check() {
        if (failure != null || !done && !isStopped() && !thread.isAlive()) {
            throw new IllegalStateException(
                    "thread " + thread.getName() + " has ended: " + (failure == null ? "nobody knows why" : failure),
                    failure);
        }
    }

    private void supervise() {
        int failures = 0;
        try {
            while (!isStopped()) {
                long begin = System.nanoTime();
                try {
                    work.run();
                    done = true;
                    return;
                } catch (InterruptedException e) {
                    throw e;
                } catch (Throwable e) {
                    boolean wasSound = System.nanoTime() - begin > SOUND.toNanos();
                    if (wasSound) {
                        backoff.reset();
                    }
                    failures = wasSound ? 1 : failures + 1;
                    if (isStopped() || isOver(e, failures)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            // By its owner alone.
            done = true;
        }
    }

    /** Waits before the work begins anew; whether it does not. */
    private boolean isOver(Throwable cause, int failures) throws InterruptedException {
        if (failures >= MAX_FAILURES) {
            // First, as what follows may fail again for want of memory.
            failure = cause;
            ReaderReports.trouble(thread.getName(), "ended " + failures + " times in a row: " + cause);
            log.error("{}: ended {} times in a row, and is not started again", thread.getName(), failures, cause);
            return true;
        }
        var pause = backoff.next();
        ReaderReports.trouble(thread.getName(), "ended: " + cause + "; started again in " + pause.toMillis() + " ms");
        log.error("{}: ended, and starts again in {} ms", thread.getName(), pause.toMillis(), cause);
        boolean over = stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        ReaderReports.well(thread.getName());
        return over;
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Lets the work not begin again. Whoever wants it to end now must tell the work, or {@link #close()}. */
    public void stop() {
        stopped.countDown();
    }

    /** Waits until the thread has ended; whether it did in time. */
    public boolean join(Duration longest) throws InterruptedException {
        thread.join(Math.max(1, longest.toMillis()));
        return !thread.isAlive();
    }

    /** Stops, interrupts the work, and waits until the thread has ended, at most 5 s. */
    @Override
    public void close() {
        stop();
        thread.interrupt();
        try {
            join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ReaderReports.well(thread.getName());
    }
}
