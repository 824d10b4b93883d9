package dev.vorrang.ingest.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between tries: 1 s at first by default, twice as long after each failure up to a cap, each cut by up to half at random so that many
 * readers do not return at once. Not safe for use by more than one thread.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);

    private final long firstMs;
    private final long maxMs;
    private final RandomGenerator random;
    private int failures;

    /** @param max cap of the waits, at least 1 ms */
    public Backoff(Duration max, RandomGenerator random) {
        this(FIRST, max, random);
    }

    /**
     * @param first wait after the first failure, instead of 1 s
     * @param max cap of the waits, at least 1 ms
     */
    public Backoff(Duration first, Duration max, RandomGenerator random) {
        this.firstMs = first.toMillis();
        this.maxMs = max.toMillis();
        this.random = random;
    }

    /** How long to wait after one more failure. */
    public Duration next() {
        long wait = Math.min(maxMs, firstMs << Math.min(failures++, 30));
        return Duration.ofMillis(wait / 2 + random.nextLong(wait / 2 + 1));
    }

    /** After a refusal: the cap at once, so that no account is locked by wrong logins. */
    public Duration max() {
        failures++;
        return Duration.ofMillis(maxMs);
    }

    /** After a success: the next failure is the first one again. */
    public void reset() {
        failures = 0;
    }
}
