package dev.vorrang.console.access;

import java.time.Instant;

/** Keeps what people did that matters for security. Thread-safe; takes no time. */
@FunctionalInterface
public interface AuditLog {

    void add(Entry entry);

    /**
     * Something that was done or tried. Never has a secret.
     *
     * @param who name of the user; as given at a login that failed
     * @param what was done
     * @param object it was done to; may be empty
     * @param from address of the network
     * @param outcome whether it was done
     */
    record Entry(String who, Deed what, String object, String from, Instant at, Outcome outcome) {}

    /** What is kept. */
    enum Deed {
        LOGIN,
        LOGOUT,
        PASSWORD_CHANGED,
        TOKEN_MADE,
        TOKEN_REVOKED,
        DEAD_LETTER_REPLAYED,
        MACHINE_ACCEPTED,
        MAINTENANCE_BEGUN,
        MAINTENANCE_ENDED
    }

    /** How it went. */
    enum Outcome {
        DONE,
        REFUSED,
        FAILED
    }
}
