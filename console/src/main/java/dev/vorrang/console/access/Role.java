package dev.vorrang.console.access;

import java.util.Locale;

/** What somebody may do; each role may all that those before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Works on records: desk events, accept, maintenance. */
    AGENT,
    /** Replays dead letters and manages the tokens of others. */
    ADMIN;

    /** Whether this role may what another may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** As in settings and files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
