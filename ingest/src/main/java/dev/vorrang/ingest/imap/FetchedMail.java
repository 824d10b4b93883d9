package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.mail.RawMail;
import dev.vorrang.schemas.ParseStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A mail with its bytes.
 *
 * @param bytes empty if the mail could not be read
 * @param status what is the matter at least: OK, LIMIT or DAMAGED
 * @param note what is missing and why, if something is
 */
record FetchedMail(FolderSession.Summary mail, byte[] bytes, ParseStatus status, Optional<String> note) {

    private static final String NO_TIME =
            "the server tells no time of receipt (INTERNALDATE); receivedAt is when the mail was read";

    boolean isReadable() {
        return bytes.length > 0;
    }

    /**
     * What is decoded.
     *
     * @param digest of the bytes, or of what stands for them
     * @param receivedAt when the mail came, or now if the server does not tell
     */
    RawMail raw(byte[] digest, String source, Instant receivedAt, int copy) {
        var notes = new ArrayList<String>();
        note.ifPresent(notes::add);
        if (mail.receivedAt().isEmpty()) {
            notes.add(NO_TIME);
        }
        return new RawMail(
                bytes, digest, source, receivedAt, copy, Math.max(mail.size().orElse(0), bytes.length), status, notes);
    }
}
