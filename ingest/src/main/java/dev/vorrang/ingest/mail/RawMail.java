package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.ParseStatus;
import java.time.Instant;
import java.util.List;

/**
 * A mail as it was read, before decoding. The arrays are not copied: whoever makes the record hands them over.
 *
 * @param bytes the mail as RFC 5322 has it, or whatever came in its place
 * @param digest SHA-256 of the bytes, 32 bytes; of what stands for them where the mailbox does not give them
 * @param source where it was read, as a URL (see {@code EmailMessage.source})
 * @param receivedAt when the mailbox took it in, or the time of its file
 * @param copy 1 for the first mail with these bytes in its folder, 2 for the second, and so on; part of the mail's id
 * @param size of the whole mail in bytes, as far as it is known
 * @param status OK, LIMIT if the bytes are only the beginning, or DAMAGED if they could not be read as they should be
 * @param notes what is missing and why
 */
public record RawMail(
        byte[] bytes,
        byte[] digest,
        String source,
        Instant receivedAt,
        int copy,
        long size,
        ParseStatus status,
        List<String> notes) {

    /** A whole mail. */
    public RawMail(byte[] bytes, String source, Instant receivedAt, int copy) {
        this(bytes, source, receivedAt, copy, ParseStatus.OK, List.of());
    }

    private RawMail(byte[] bytes, String source, Instant receivedAt, int copy, ParseStatus status, List<String> notes) {
        this(bytes, MailId.digest(bytes), source, receivedAt, copy, bytes.length, status, notes);
    }

    /** The beginning of a mail that is longer than its reader allows. */
    public static RawMail cut(byte[] bytes, String source, Instant receivedAt) {
        return new RawMail(
                bytes,
                source,
                receivedAt,
                1,
                ParseStatus.LIMIT,
                List.of("mail longer than its reader allows: cut at " + bytes.length + " bytes"));
    }

    /** The same mail as another copy. */
    RawMail withCopy(int other) {
        return new RawMail(bytes, digest, source, receivedAt, other, size, status, notes);
    }
}
