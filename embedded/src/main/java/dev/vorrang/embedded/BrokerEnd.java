package dev.vorrang.embedded;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Exit;

/**
 * What happens when an embedded broker cannot go on. Kafka is made for a process of its own: when its disk is full or broken, it ends
 * the process at once and says so in its log alone, which may be on that disk.
 */
public final class BrokerEnd {

    private static final int FAILED = 1;

    private BrokerEnd() {}

    /**
     * From here on, when a broker of this process cannot go on, something is told first; then the process ends with 1. Shutdown hooks do
     * not run: what they close waits for the broker. What was committed is on disk, as after a kill.
     *
     * @param tell is called once, from a thread of the broker; whatever it throws, the process ends
     */
    public static void tellBefore(Runnable tell) {
        var told = new AtomicBoolean();
        Exit.Procedure end = (status, message) -> {
            if (!told.compareAndSet(false, true)) {
                // Another thread of the broker tells it already, and ends the process.
                return;
            }
            try {
                tell.run();
            } finally {
                Runtime.getRuntime().halt(FAILED);
            }
        };
        Exit.setHaltProcedure(end);
        Exit.setExitProcedure(end);
    }
}
