package dev.vorrang.console.view;

/** What browsers are told as it happens. */
public sealed interface Change {

    /** A record is new or was scored again. */
    record Scored(RecordSummary record) implements Change {}

    /**
     * Somebody did something.
     *
     * @param event id of the desk event
     * @param counted whether it changed anything; the second of two claims does not
     */
    record Desk(String stream, String id, String event, boolean counted, DeskView desk) implements Change {}

    /** More changed than was told: what is shown must be asked for again. */
    record Reload() implements Change {}

    /** Whether the console reads the topics, and how many records it has still to read. */
    record Health(boolean connected, long behind) implements Change {}
}
