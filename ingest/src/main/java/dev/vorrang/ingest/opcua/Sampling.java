package dev.vorrang.ingest.opcua;

import java.time.Duration;

/**
 * What is asked of the server; it may revise intervals and queue size.
 *
 * @param publishing how often the server sends what changed
 * @param sampling how often the server looks at a value; zero: as fast as it can
 * @param queueSize values that the server keeps of a node between two sends, 1 to 10,000; the oldest is dropped first
 * @param deadband changes that are too small to be sent
 * @param unchanged whether a value is sent also if only its time changed
 * @param serverTime whether a reading's time is the server's rather than the source's
 * @param rescan how often nodes are looked for that have appeared
 */
public record Sampling(
        Duration publishing,
        Duration sampling,
        int queueSize,
        Deadband deadband,
        boolean unchanged,
        boolean serverTime,
        Duration rescan) {

    /** How large a change must be (part 4, 7.22.2). */
    public sealed interface Deadband {

        /** Every change counts. */
        record None() implements Deadband {}

        /** In the unit of the value. */
        record Absolute(double size) implements Deadband {}

        /** In percent of the node's EURange, 0 to 100. */
        record Percent(double size) implements Deadband {}
    }
}
