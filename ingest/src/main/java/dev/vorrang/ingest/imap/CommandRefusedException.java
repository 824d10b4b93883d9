package dev.vorrang.ingest.imap;

import java.util.Optional;
import org.eclipse.angus.mail.iap.Response;

/** The server answers a command with NO or BAD; the connection goes on. */
final class CommandRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    CommandRefusedException(String answer) {
        super(answer);
    }

    /** Why a tagged response refuses its command, empty if it does not. */
    static Optional<String> refusal(Response tagged) {
        return tagged.isNO() || tagged.isBAD() ? Optional.of(tagged.getRest()) : Optional.empty();
    }

    /** Whether the same command may be taken later (RFC 5530). */
    boolean isTemporary() {
        return isTemporary(getMessage());
    }

    static boolean isTemporary(String answer) {
        var text = String.valueOf(answer);
        return text.contains("[UNAVAILABLE]") || text.contains("[INUSE]") || text.contains("[LIMIT]");
    }
}
