package dev.vorrang.console.index;

/** A topic seems to be another one than that which was read before. */
final class TopicRecreatedException extends RuntimeException {

    private final boolean certain;

    /** @param certain whether it cannot be the topic that was read before, whatever the broker says later */
    TopicRecreatedException(String message, boolean certain) {
        super(message);
        this.certain = certain;
    }

    boolean isCertain() {
        return certain;
    }
}
