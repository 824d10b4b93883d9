package dev.vorrang.ingest.imap;

import dev.vorrang.schemas.text.ForeignText;

/** The server refuses to change a mail. */
public final class ChangeRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    ChangeRefusedException(String message, boolean temporary, Throwable cause) {
        super(ForeignText.line(message), cause);
        this.temporary = temporary;
    }

    /** Whether the server says that it may do so later (RFC 5530). */
    public boolean isTemporary() {
        return temporary;
    }
}
