package dev.vorrang.app.crash;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Makes calls of a model fail or hang when told to. Safe for use by many threads. */
public final class ModelFaults {

    private static final String FAIL = "fail ";
    private static final String HANG = "hang ";

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicLong hangMillis = new AtomicLong();
    private volatile long failUntil = System.nanoTime();

    /** Command that makes every call fail for some time from now on. */
    static String fail(Duration time) {
        return FAIL + time.toMillis();
    }

    /** Command that makes the next call hang for some time. */
    static String hang(Duration time) {
        return HANG + time.toMillis();
    }

    /** Obeys one of the commands. */
    public void command(String line) {
        if (line.startsWith(FAIL)) {
            failUntil =
                    System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(line.substring(FAIL.length())));
        } else if (line.startsWith(HANG)) {
            hangMillis.set(Long.parseLong(line.substring(HANG.length())));
        }
    }

    /**
     * Called before each call of the model.
     *
     * @throws IllegalStateException if this call is to fail
     */
    public void strike() {
        long millis = hangMillis.getAndSet(0);
        if (millis > 0) {
            try {
                never.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (System.nanoTime() < failUntil) {
            throw new IllegalStateException("the crash test makes the model fail");
        }
    }
}
