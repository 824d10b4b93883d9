package dev.vorrang.embedded;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Exit;

/**
 * Handles a fatal failure of an embedded broker. Kafka assumes a process of its own: if its disk is full or broken, it ends the
 * process at once and reports this only in its log, which may be on the same disk.
 */
public final class BrokerEnd {

    private static final int FAILED = 1;

    private BrokerEnd() {}

    /**
     * Sets the action before the process ends because a broker of this process has failed. The exit code is 1. Shutdown hooks do not
     * run, because they would wait for the broker. Committed data is on disk, as after a kill.
     *
     * @param tell called once, from a thread of the broker; the process ends whatever it throws
     */
    public static void tellBefore(Runnable tell) {
        var told = new AtomicBoolean();
        Exit.Procedure end = (status, message) -> {
            if (!told.compareAndSet(false, true)) {
                // Another thread of the broker reports it already, and ends the process.
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
