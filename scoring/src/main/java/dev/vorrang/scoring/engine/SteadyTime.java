package dev.vorrang.scoring.engine;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * The time of the system when this was made, and from then on the time that has gone by. With the system's own time, Kafka Streams
 * neither commits nor looks at what is due for as long as the clock was set back. Thread-safe.
 */
final class SteadyTime implements Time {

    private final long startMillis = Time.SYSTEM.milliseconds();
    private final long startNanos = Time.SYSTEM.nanoseconds();

    @Override
    public long milliseconds() {
        return startMillis + (nanoseconds() - startNanos) / 1_000_000;
    }

    @Override
    public long nanoseconds() {
        return Time.SYSTEM.nanoseconds();
    }

    @Override
    public void sleep(long millis) {
        Time.SYSTEM.sleep(millis);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
            throws InterruptedException {
        long left = deadlineMillis - milliseconds();
        Time.SYSTEM.waitObject(object, condition, Time.SYSTEM.milliseconds() + left);
    }
}
