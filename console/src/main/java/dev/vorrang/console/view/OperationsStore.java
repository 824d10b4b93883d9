package dev.vorrang.console.view;

import java.util.List;
import java.util.Optional;

/** How the streams do, and what could not be scored. Thread-safe. */
public interface OperationsStore {

    /** As of now. */
    OperationsView operations();

    /**
     * Records that could not be decoded or scored, the newest first.
     *
     * @param stream empty for all
     * @param after where the page before ended, as {@link DeadLetterPage#next}
     * @param limit letters of the page, 1 to 500
     * @throws IllegalArgumentException if the stream or the cursor is not known; the message names field, value and what is allowed
     */
    DeadLetterPage deadLetters(Optional<String> stream, Optional<String> after, int limit);

    /** The one at a position of a topic of dead letters; empty if there is none. */
    Optional<OperationsView.DeadLetterView> deadLetter(String topic, int partition, long offset);

    /**
     * A page of dead letters.
     *
     * @param total that there are
     * @param next where the next page begins; empty if there is none
     */
    record DeadLetterPage(long total, List<OperationsView.DeadLetterView> items, Optional<String> next) {

        public DeadLetterPage {
            items = List.copyOf(items);
        }
    }
}
