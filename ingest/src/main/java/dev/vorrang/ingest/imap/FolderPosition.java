package dev.vorrang.ingest.imap;

/**
 * How far a folder was read.
 *
 * @param uidValidity which numbering of the folder {@code uid} belongs to (RFC 3501, 2.3.1.1), 1 to 2^32-1
 * @param uid last mail read, 0 if none
 * @param rescanTo 0, or the last mail that lay in the folder when its numbering was found changed: mails up to here were compared
 *     with what had been delivered before
 * @param since epoch milliseconds of the first start with {@link StartAt.New}, else 0; mails that are older are not delivered in
 *     a rescan
 */
public record FolderPosition(long uidValidity, long uid, long rescanTo, long since) {

    FolderPosition at(long newUid) {
        return new FolderPosition(uidValidity, newUid, rescanTo, since);
    }
}
