package dev.vorrang.ingest.mail;

import java.time.Instant;

/**
 * A mail as it was read, before decoding. The array is not copied: whoever makes the record hands it over.
 *
 * @param bytes the mail as RFC 5322 has it, or whatever came in its place
 * @param source where it was read, as a URL (see {@code EmailMessage.source})
 * @param receivedAt when the mailbox took it in, or the time of its file
 * @param copy 1 for the first mail with these bytes in its folder, 2 for the second, and so on; part of the mail's id
 * @param cut whether the mail is longer than its reader allows, and the bytes are its beginning
 */
public record RawMail(byte[] bytes, String source, Instant receivedAt, int copy, boolean cut) {

    /** A whole mail. */
    public RawMail(byte[] bytes, String source, Instant receivedAt, int copy) {
        this(bytes, source, receivedAt, copy, false);
    }
}
