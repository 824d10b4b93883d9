package dev.vorrang.connectors.sink;

import java.time.Duration;

/**
 * How hard a sink tries.
 *
 * @param attempts of one action that fails, before it goes to the dead letters; at least 1
 * @param firstPause pause after the first failure; pauses double
 * @param maxPause longest pause between attempts
 * @param giveUpAfter age at which an action goes to the dead letters although its target is unavailable
 * @param maxAge age of an action, since it was decided, above which it is not carried out; zero for any
 * @param circuitFailures failures in a row, over all actions, after which the circuit opens
 * @param circuitPause pause between two attempts while it is open
 * @param actionsPerMinute rate limit; 0 for none
 * @param digest length of the time of which all actions are carried out together; zero for each by itself
 */
public record DeliveryPolicy(
        int attempts,
        Duration firstPause,
        Duration maxPause,
        Duration giveUpAfter,
        Duration maxAge,
        int circuitFailures,
        Duration circuitPause,
        int actionsPerMinute,
        Duration digest) {

    /** The same with a digest. */
    public DeliveryPolicy withDigest(Duration length) {
        return new DeliveryPolicy(
                attempts,
                firstPause,
                maxPause,
                giveUpAfter,
                maxAge,
                circuitFailures,
                circuitPause,
                actionsPerMinute,
                length);
    }
}
