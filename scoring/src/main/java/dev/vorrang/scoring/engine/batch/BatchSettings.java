package dev.vorrang.scoring.engine.batch;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * When a batch is scored, and when that fails.
 *
 * @param maxSize most records in one call, 1 or more; a batch is scored when it reaches it
 * @param linger longest a record waits for its batch. Zero (the default): a batch is scored as soon as the records that one poll
 *     brought are there, so that batches grow with the load
 * @param maxBytes a batch is also scored when the records that it holds reach so many bytes as they were read, 1 or more: the largest
 *     mails would fill the memory long before they are {@code maxSize}. In memory a held record takes up to three times its bytes
 * @param failureLimit how many records in a row may fail before the model is taken for broken, 1 or more
 * @param limits how long the scoring of a batch may take
 * @param callsAtOnce how many calls of a model may run at once, 1 or more, batches of several threads in one call; empty for one call
 *     in each thread
 */
public record BatchSettings(
        int maxSize, long maxBytes, Duration linger, int failureLimit, TimeLimits limits, OptionalInt callsAtOnce) {

    private static final long MAX_BYTES = 16 << 20;

    public BatchSettings {
        if (maxSize < 1 || maxSize > 65_536) {
            throw new IllegalArgumentException("maxSize " + maxSize + ": allowed is 1 to 65536");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + ": allowed is 1 or more");
        }
        if (linger.isNegative() || linger.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("linger " + linger + ": allowed is 0 to 1 minute");
        }
        if (failureLimit < 1) {
            throw new IllegalArgumentException("failureLimit " + failureLimit + ": allowed is 1 or more");
        }
        Objects.requireNonNull(limits, "limits");
        if (callsAtOnce.isPresent() && callsAtOnce.getAsInt() < 1) {
            throw new IllegalArgumentException("callsAtOnce " + callsAtOnce.getAsInt() + ": allowed is 1 or more");
        }
    }

    /** With one call in each thread. */
    public BatchSettings(int maxSize, long maxBytes, Duration linger, int failureLimit, TimeLimits limits) {
        this(maxSize, maxBytes, linger, failureLimit, limits, OptionalInt.empty());
    }

    /** With at most 16 MiB in a batch, and the default limits of time. */
    public BatchSettings(int maxSize, Duration linger, int failureLimit) {
        this(maxSize, MAX_BYTES, linger, failureLimit, TimeLimits.defaults());
    }

    /** 1,024 records and 16 MiB at most, no linger, 50 failures in a row, the default limits of time. */
    public static BatchSettings defaults() {
        return new BatchSettings(1_024, Duration.ZERO, 50);
    }

    public BatchSettings withMaxSize(int size) {
        return new BatchSettings(size, maxBytes, linger, failureLimit, limits, callsAtOnce);
    }

    public BatchSettings withMaxBytes(long bytes) {
        return new BatchSettings(maxSize, bytes, linger, failureLimit, limits, callsAtOnce);
    }

    public BatchSettings withLinger(Duration longest) {
        return new BatchSettings(maxSize, maxBytes, longest, failureLimit, limits, callsAtOnce);
    }

    public BatchSettings withFailureLimit(int limit) {
        return new BatchSettings(maxSize, maxBytes, linger, limit, limits, callsAtOnce);
    }

    public BatchSettings withLimits(TimeLimits times) {
        return new BatchSettings(maxSize, maxBytes, linger, failureLimit, times, callsAtOnce);
    }

    public BatchSettings withCallsAtOnce(OptionalInt calls) {
        return new BatchSettings(maxSize, maxBytes, linger, failureLimit, limits, calls);
    }
}
