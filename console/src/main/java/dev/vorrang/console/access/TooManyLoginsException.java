package dev.vorrang.console.access;

import java.time.Duration;

/** Too many logins failed of late, or are being checked. */
public final class TooManyLoginsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyLoginsException(Duration wait) {
        super("too many logins; wait " + wait.toSeconds() + " s");
        this.wait = wait;
    }

    /** How long to wait. */
    public Duration waiting() {
        return wait;
    }
}
