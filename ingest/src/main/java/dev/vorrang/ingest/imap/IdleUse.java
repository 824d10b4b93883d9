package dev.vorrang.ingest.imap;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether to IDLE (RFC 2177) in a folder. Some servers announce it and refuse it, others end the connection: after
 * {@value #TRIES} such failures there are looks only, for an hour. For one thread.
 */
final class IdleUse {

    static final int TRIES = 3;
    static final Duration PAUSE = Duration.ofHours(1);
    /** A connection that ends later than that after the beginning of IDLE is not ended for it. */
    private static final Duration SOUND = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private int failures;
    private long begun;
    private long failedAt;

    /** @param nanoTime as {@link System#nanoTime} */
    IdleUse(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean isWorthTrying() {
        if (failures >= TRIES && nanoTime.getAsLong() - failedAt >= PAUSE.toNanos()) {
            // One more try; if it fails, the next is in an hour.
            failures = TRIES - 1;
        }
        return failures < TRIES;
    }

    void begin() {
        begun = nanoTime.getAsLong();
    }

    /** It ended as it should. */
    void ended() {
        if (isSound()) {
            failures = 0;
        }
    }

    /** The connection ended meanwhile; whether this was one failure too many. */
    boolean lost() {
        return !isSound() && refused();
    }

    /** The server refused it; whether this was one failure too many. */
    boolean refused() {
        failedAt = nanoTime.getAsLong();
        failures++;
        return failures == TRIES;
    }

    private boolean isSound() {
        return nanoTime.getAsLong() - begun >= SOUND.toNanos();
    }
}
