package dev.vorrang.ingest.imap;

import dev.vorrang.schemas.text.ForeignText;

/**
 * The mailbox cannot be read as it is configured: login or certificate refused, folder missing. Another try will not help until
 * a person changes something.
 */
public final class MailboxRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public MailboxRefusedException(String message) {
        super(ForeignText.line(message));
    }

    public MailboxRefusedException(String message, Throwable cause) {
        super(ForeignText.line(message), cause);
    }
}
