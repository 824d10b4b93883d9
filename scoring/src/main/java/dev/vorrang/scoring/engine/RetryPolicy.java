package dev.vorrang.scoring.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what failed for a reason that may pass, with growing pauses, and says so. Within a stream thread it gives up before
 * Kafka takes the thread for dead; the thread is then replaced, after a further pause, and nothing was committed. Safe for use by
 * many threads.
 */
public final class RetryPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Duration budget;
    private final Duration firstPause;
    private final Duration longestPause;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger threadFailures = new AtomicInteger();
    private volatile String lastProblem;
    private volatile long failedAt;

    /**
     * @param budget longest time for tries and pauses of one call; well below max.poll.interval.ms and transaction.timeout.ms
     * @param firstPause pause after the first failure; each further one is twice as long
     * @param longestPause longest pause
     */
    public RetryPolicy(Duration budget, Duration firstPause, Duration longestPause) {
        this.budget = Objects.requireNonNull(budget, "budget");
        this.firstPause = Objects.requireNonNull(firstPause, "firstPause");
        this.longestPause = Objects.requireNonNull(longestPause, "longestPause");
    }

    /**
     * @param what what is tried, for people
     * @param mayPass whether to try again after this failure
     * @throws RuntimeException the failure that will not pass, or the last one when the budget is spent or {@link #stop} was called
     */
    <T> T retry(String what, Predicate<RuntimeException> mayPass, Supplier<T> attempt) {
        long deadline = System.nanoTime() + budget.toNanos();
        for (int failures = 0; ; failures++) {
            try {
                T result = attempt.get();
                if (failures > 0) {
                    recordSuccess();
                    LOG.info("{}: succeeded after {} failures", what, failures);
                }
                return result;
            } catch (RuntimeException e) {
                if (!mayPass.test(e)) {
                    throw e;
                }
                Duration pause = pause(failures);
                recordFailure(what + ": " + e.getMessage());
                if (System.nanoTime() + pause.toNanos() > deadline || !await(pause)) {
                    throw e;
                }
                LOG.warn("{} failed, trying again: {}", what, e.toString());
            }
        }
    }

    /** The pause after so many failures before this one. */
    Duration pause(int failuresBefore) {
        long millis = firstPause.toMillis() << Math.min(failuresBefore, 20);
        return millis > longestPause.toMillis() ? longestPause : Duration.ofMillis(millis);
    }

    /** @return false if {@link #stop} was called or the thread interrupted, and the pause cut short */
    boolean await(Duration pause) {
        try {
            return !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Counts a thread that failed, and says how long to wait before it is replaced: longer each time until {@link #recordSuccess}. */
    Duration pauseAfterFailure(String problem) {
        recordFailure(problem);
        return pause(threadFailures.getAndIncrement());
    }

    void recordFailure(String problem) {
        failedAt = System.nanoTime();
        lastProblem = problem;
    }

    /** What failed last has succeeded. */
    void recordSuccess() {
        if (lastProblem != null) {
            lastProblem = null;
            threadFailures.set(0);
        }
    }

    /** What keeps failing, if anything did within the last minute. */
    Optional<String> problem() {
        String problem = lastProblem;
        boolean old = System.nanoTime() - failedAt > REMEMBERED.toNanos();
        return old ? Optional.empty() : Optional.ofNullable(problem);
    }

    /** No further try: ends every pause at once, and for good. */
    void stop() {
        stopped.countDown();
    }
}
