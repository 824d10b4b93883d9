package dev.vorrang.app.program;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: wakes the thread that made this, gives it time to close what it opened, and only
 * then lets the program go. Made and closed by one thread; the waits are for any.
 */
public final class StopSignal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final Thread owner = Thread.currentThread();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-signal");
    private boolean closing;
    private Runnable lastAct = () -> {};

    private StopSignal() {}

    /** From now on a signal ends the program this way. */
    public static StopSignal install() {
        var signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Whether the program is to end. */
    public boolean stopped() {
        return stopped.getCount() == 0;
    }

    /** @throws StoppedException if the program is to end */
    public void check() {
        if (stopped()) {
            throw new StoppedException();
        }
    }

    /**
     * Waits for the signal.
     *
     * @return whether it came in time
     */
    public boolean await(Duration longest) {
        try {
            return stopped.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return stopped();
        }
    }

    /**
     * The owner closes its parts from here on and is not to be interrupted in that. An interrupt that came before is cleared, for
     * Kafka's clients give up their orderly end when they find one.
     */
    public synchronized void beginClosing() {
        closing = true;
        Thread.interrupted();
    }

    /**
     * Runs what lasts until the signal, and closes it.
     *
     * @param program for this thread; what the signal interrupts in it ends with exceptions of many kinds, which are dropped
     * @param close closes its parts, in any case
     * @throws RuntimeException of the program, if there was no signal
     */
    public void during(Runnable program, Runnable close) {
        try {
            program.run();
        } catch (RuntimeException e) {
            if (!stopped()) {
                throw e;
            }
        } finally {
            beginClosing();
            close.run();
        }
    }

    /**
     * What is to be done if the owner has not closed all in time, before the program goes.
     *
     * @param act may run while the owner still closes its parts
     */
    public synchronized void atLast(Runnable act) {
        lastAct = act;
    }

    /** All is closed: the program may go. */
    @Override
    public void close() {
        ended.countDown();
        if (!stopped()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came this very moment; the hook finds that all has ended.
            }
        }
    }

    private void stopAndWait() {
        synchronized (this) {
            stopped.countDown();
            if (!closing) {
                owner.interrupt();
            }
        }
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                synchronized (this) {
                    lastAct.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The program is to end; whoever started something closes it. */
    public static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private StoppedException() {
            super("stopped by a signal");
        }
    }
}
