package dev.vorrang.console.desk;

/** Sends dead letters again. Thread-safe. */
@FunctionalInterface
public interface Replay {

    /**
     * Writes key and value of a dead letter's record, byte for byte, to the topic that it came from. Returns when the broker has it.
     *
     * @param topic of the dead letters
     * @return false if there is no such letter, or it has no value
     * @throws NotWrittenException if the broker does not take it in time
     */
    boolean replay(String topic, int partition, long offset);
}
