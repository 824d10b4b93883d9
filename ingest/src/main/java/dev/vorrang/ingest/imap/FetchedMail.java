package dev.vorrang.ingest.imap;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
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
     * The record with what only the reader knows.
     *
     * @param id of a mail without bytes, which has none of its own
     */
    EmailMessage complete(EmailMessage decoded, String id) {
        var record =
                EmailMessage.newBuilder(decoded).setSize(Math.max(mail.size().orElse(0), bytes.length));
        var notes = new ArrayList<>(decoded.getParseNotes());
        note.ifPresent(notes::add);
        if (mail.receivedAt().isEmpty()) {
            notes.add(NO_TIME);
        }
        record.setParseNotes(notes);
        if (!isReadable()) {
            record.setId(id).setThread(id).setParseStatus(ParseStatus.DAMAGED);
        } else if (decoded.getParseStatus() == ParseStatus.OK) {
            record.setParseStatus(status);
        }
        return record.build();
    }
}
