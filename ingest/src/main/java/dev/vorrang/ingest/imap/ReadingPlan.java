package dev.vorrang.ingest.imap;

import java.time.Duration;
import java.util.Objects;

/**
 * How folders are read.
 *
 * @param start where a folder that was never read begins
 * @param pageSize most mails that are asked for at once, 1 to 500 (a command line stays within the 8 KiB that servers take)
 * @param maxMessageBytes of a longer mail only this many bytes are read, at least 1,024
 * @param bufferBytes decoded mails that wait to be taken, about, at least 1,024; readers wait while it is full
 * @param idle whether to use IDLE (RFC 2177) where the server has it
 * @param pollInterval longest time between two scans of a folder, 1 s to 9 min, whatever IDLE says; each scan renews the IDLE,
 *     which servers may end after 30 min and firewalls often end after 10
 * @param retryMax longest wait between two tries to connect, at least 1 s
 */
public record ReadingPlan(
        StartAt start,
        int pageSize,
        int maxMessageBytes,
        long bufferBytes,
        boolean idle,
        Duration pollInterval,
        Duration retryMax) {

    /** Longest allowed {@link #pollInterval()}. */
    public static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(9);

    public ReadingPlan {
        Objects.requireNonNull(start, "start");
        within("pageSize", pageSize, 1, 500);
        within("maxMessageBytes", maxMessageBytes, 1024, Integer.MAX_VALUE / 2);
        within("bufferBytes", bufferBytes, 1024, Long.MAX_VALUE);
        within("pollInterval in ms", pollInterval.toMillis(), 1000, MAX_POLL_INTERVAL.toMillis());
        within("retryMax in ms", retryMax.toMillis(), 1000, Integer.MAX_VALUE);
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed: " + least + " to " + most);
        }
    }
}
