package dev.vorrang.connectors.imap;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Counts the records of each folder that Connect was given and Kafka has not yet. Safe for use by many threads. */
final class Acknowledgements {

    private final Map<String, Integer> pending = new HashMap<>();

    synchronized void add(String folder) {
        pending.merge(folder, 1, Integer::sum);
    }

    synchronized void remove(String folder) {
        pending.computeIfPresent(folder, (name, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }

    synchronized boolean isNone(String folder) {
        return !pending.containsKey(folder);
    }

    /** Waits until none is left of a folder, or the time is over. */
    synchronized void await(String folder, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long left = longest.toMillis();
        while (pending.containsKey(folder) && left > 0) {
            wait(left);
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
    }
}
