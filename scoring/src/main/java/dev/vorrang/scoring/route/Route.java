package dev.vorrang.scoring.route;

import java.util.Objects;

/**
 * Sends the records that meet a condition to a queue.
 *
 * @param queue name of the queue; its topic is {@code <stream>.route.<queue>}
 * @param when CEL condition, see {@link dev.vorrang.scoring.rule.Conditions}
 * @param goOn whether later routes may match the same record as well; {@code continue} in the settings
 */
public record Route(String queue, String when, boolean goOn) {

    public Route {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(when, "when");
    }

    /** A route that ends the search. */
    public Route(String queue, String when) {
        this(queue, when, false);
    }
}
