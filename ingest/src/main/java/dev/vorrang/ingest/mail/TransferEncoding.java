package dev.vorrang.ingest.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.eclipse.angus.mail.util.BASE64DecoderStream;
import org.eclipse.angus.mail.util.QPDecoderStream;
import org.eclipse.angus.mail.util.UUDecoderStream;

/**
 * Undoes Content-Transfer-Encoding with Angus' decoders. Their leniency is set through constructors here, not through the
 * {@code mail.mime.*} system properties, which would hold for the whole JVM.
 */
enum TransferEncoding {
    IDENTITY,
    BASE64,
    QUOTED_PRINTABLE,
    UUENCODE,
    UNKNOWN;

    /** The encoding that a header names; quotes, blanks and what follows a semicolon do not matter. */
    static TransferEncoding named(String header) {
        int semicolon = header.indexOf(';');
        String name = (semicolon < 0 ? header : header.substring(0, semicolon))
                .replaceAll("[\\s\"'<>]", "")
                .toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "7bit", "8bit", "7-bit", "8-bit", "7bits", "8bits", "binary", "none" -> IDENTITY;
            case "base64", "base-64", "b64" -> BASE64;
            case "quoted-printable", "quotedprintable", "quoted-printible", "qp" -> QUOTED_PRINTABLE;
            case "uuencode", "x-uuencode", "x-uue", "uue" -> UUENCODE;
            default -> UNKNOWN;
        };
    }

    /** The decoded bytes of a range. Closing the stream is not needed. */
    InputStream open(byte[] bytes, int from, int to) {
        InputStream raw = new ByteArrayInputStream(bytes, from, to - from);
        return switch (this) {
            case IDENTITY, UNKNOWN -> raw;
            case BASE64 -> new BASE64DecoderStream(raw, true);
            case QUOTED_PRINTABLE -> new QPDecoderStream(raw);
            case UUENCODE -> new UUDecoderStream(raw, true, true);
        };
    }

    /**
     * At most so many decoded bytes of a range.
     *
     * @throws IOException if even the lenient decoder gives up
     */
    byte[] read(byte[] bytes, int from, int to, int most) throws IOException {
        return open(bytes, from, to).readNBytes(most);
    }
}
