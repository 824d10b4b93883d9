package dev.vorrang.console.access;

import java.time.Duration;

/**
 * When sessions end.
 *
 * @param idle after so long without a request
 * @param longest after so long in any case
 * @param perUser sessions of a user; one more ends the oldest
 * @param all sessions together; one more ends the oldest
 */
public record SessionLimits(Duration idle, Duration longest, int perUser, int all) {

    /** As they are without settings. */
    public static final SessionLimits STANDARD =
            new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12), 20, 10_000);
}
