package dev.vorrang.scoring.engine;

import java.util.Optional;

/**
 * How a stream is doing.
 *
 * @param state what it does
 * @param problem what keeps it from scoring, or failed lately
 */
public record Health(State state, Optional<String> problem) {

    /** What a stream does. */
    public enum State {
        /** Not started yet. */
        CREATED,
        /** Looks for the broker and the topics. */
        STARTING,
        /** Takes over partitions and restores their state. */
        REBALANCING,
        /** Scores. */
        RUNNING,
        /** Something fails that may pass: nothing is lost, and it is tried again. */
        RETRYING,
        /** A call of the model takes longer than it may: nothing is lost, and nothing goes on before it returns. */
        HANGING,
        /** Closed. */
        STOPPED,
        /** Ended by a failure that will not pass. */
        FAILED
    }

    /** Whether it need not be started again. */
    public boolean live() {
        return state != State.FAILED && state != State.STOPPED;
    }

    /** Whether it scores. */
    public boolean ready() {
        return state == State.RUNNING;
    }
}
