package dev.vorrang.ingest.imap;

import dev.vorrang.schemas.EmailMessage;

/** What a {@link MailboxReader} hands over, in order for each folder. */
public sealed interface FolderEvent {

    /** Name of the folder. */
    String folder();

    /** How far the folder was read, this event included. */
    FolderPosition position();

    /**
     * A folder was opened for the first time with {@link StartAt.New}: what lies beyond this position is new. Whoever keeps
     * positions must keep this one, or a restart before the first mail would begin anew and lose what came meanwhile.
     */
    record Started(String folder, FolderPosition position) implements FolderEvent {}

    /**
     * A mail.
     *
     * @param hash the mail's {@link DeliveredMails#hashOf hash}, to be kept with the position
     * @param mail the mail, decoded
     */
    record Received(String folder, FolderPosition position, String hash, EmailMessage mail) implements FolderEvent {}
}
