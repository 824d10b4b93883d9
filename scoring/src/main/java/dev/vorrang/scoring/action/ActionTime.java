package dev.vorrang.scoring.action;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Time of a task for windows, rates, deadlines and retention. It advances as the clock does, also while the program is down, and never
 * goes back: a clock that is set back delays nothing by that much, and one that jumps forward makes what is due in between due once. At
 * a time it advances by no more than {@link #LONGEST_STEP}, so that no jump makes a task forget what it must remember. Kept in the store
 * with what it times. For one thread.
 */
final class ActionTime {

    /** No deadline or window is longer. */
    static final Duration LONGEST_STEP = Duration.ofDays(1);

    private static final Duration KEPT_EVERY = Duration.ofSeconds(10);
    private static final String KEY = "t";

    private final Clock clock;
    private final KeyValueStore<String, byte[]> store;
    private boolean loaded;
    private long now;
    private long wall;
    private long keptAt;

    ActionTime(Clock clock, KeyValueStore<String, byte[]> store) {
        this.clock = clock;
        this.store = store;
    }

    /** Milliseconds, comparable with others of this task only. */
    long now() {
        long current = clock.millis();
        if (!loaded) {
            load(current);
        }
        now += Math.max(0, Math.min(current - wall, LONGEST_STEP.toMillis()));
        wall = current;
        return now;
    }

    private void load(long current) {
        byte[] kept = store.get(KEY);
        now = current;
        wall = current;
        if (kept != null) {
            ByteBuffer bytes = ByteBuffer.wrap(kept);
            now = bytes.getLong();
            wall = bytes.getLong();
        }
        loaded = true;
    }

    /** Keeps it now and then, while something waits for it. */
    void keepWhile(boolean waiting) {
        if (waiting && now() - keptAt >= KEPT_EVERY.toMillis()) {
            keep();
        }
    }

    /** Must be called with each write of a time: one that was never kept would begin anew after a restart. */
    void keep() {
        keptAt = now();
        store.put(
                KEY,
                ByteBuffer.allocate(2 * Long.BYTES).putLong(now).putLong(wall).array());
    }
}
