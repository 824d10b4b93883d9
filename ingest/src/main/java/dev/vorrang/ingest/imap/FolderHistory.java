package dev.vorrang.ingest.imap;

import java.util.Optional;

/**
 * What is known of a folder from earlier runs.
 *
 * @param position how far it was read, empty if never
 * @param delivered what was delivered; the reader adds to it
 */
public record FolderHistory(Optional<FolderPosition> position, DeliveredMails delivered) {

    /** Of a folder that was never read. */
    public static FolderHistory none() {
        return new FolderHistory(Optional.empty(), new DeliveredMails());
    }
}
