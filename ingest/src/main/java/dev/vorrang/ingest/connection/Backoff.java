package dev.vorrang.ingest.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between tries: 1 s at first, twice as long after each failure up to a cap, each cut by up to half at random so that many
 * readers do not return at once. Not safe for use by more than one thread.
 */
public final class Backoff {

    private static final long FIRST_MS = 1_000;

    private final long longestMs;
    private final RandomGenerator random;
    private int failures;

    /** @param longest cap of the waits, at least 1 ms */
    public Backoff(Duration longest, RandomGenerator random) {
        this.longestMs = longest.toMillis();
        this.random = random;
    }

    /** How long to wait after one more failure. */
    public Duration next() {
        long wait = Math.min(longestMs, FIRST_MS << Math.min(failures++, 30));
        return Duration.ofMillis(wait / 2 + random.nextLong(wait / 2 + 1));
    }

    /** After a refusal: the cap at once, so that no account is locked by wrong logins. */
    public Duration longest() {
        failures++;
        return Duration.ofMillis(longestMs);
    }

    /** After a success: the next failure is the first one again. */
    public void reset() {
        failures = 0;
    }
}
