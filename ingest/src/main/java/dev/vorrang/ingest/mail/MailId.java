package dev.vorrang.ingest.mail;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;

/** Stable ids of mails, from their bytes alone. Stateless, safe for any number of threads. */
public final class MailId {
    private static final int ID_BYTES = 16;
    private static final int MOST_COPIES = 100;

    private MailId() {}

    /** The id of this mail: see {@code EmailMessage.id}. */
    static String of(RawMail mail) {
        return of(mail.digest(), mail.copy());
    }

    private static String of(byte[] digest, int copy) {
        byte[] source = digest;
        if (copy > 1) {
            MessageDigest sha256 = sha256();
            sha256.update(digest);
            source = sha256.digest(
                    ByteBuffer.allocate(Integer.BYTES).putInt(copy).array());
        }
        return HexFormat.of().formatHex(source, 0, ID_BYTES);
    }

    /** Whether these bytes are the mail with this id, be it the first mail with such bytes in its folder or a later one. */
    public static boolean isOf(String id, byte[] raw) {
        byte[] digest = digest(raw);
        return IntStream.rangeClosed(1, MOST_COPIES)
                .anyMatch(copy -> of(digest, copy).equals(id));
    }

    /** SHA-256 of the raw bytes, 32 bytes. */
    public static byte[] digest(byte[] raw) {
        return sha256().digest(raw);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
