package dev.vorrang.scoring.engine;

import java.util.SortedSet;

/** Topics are absent and may not be created. */
public final class MissingTopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingTopicException(SortedSet<String> topics) {
        super("topics " + topics
                + " do not exist, and topics are not to be created by this program: create them, or allow it to");
    }
}
