package dev.vorrang.ingest.mail;

import java.util.BitSet;

/** What bytes look like, whatever a mail calls their charset. Linear in their number. */
final class ByteShape {
    private static final int DENSE_PERCENT = 60;
    private static final int MIN_VARIOUS = 5;

    private ByteShape() {}

    static boolean hasHighBytes(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return true;
            }
        }
        return false;
    }

    static boolean hasZeros(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is an escape sequence that turns ISO-2022-JP (RFC 1468) to Japanese. */
    static boolean isIso2022Jp(byte[] bytes) {
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == 0x1B && bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }

    /** Whether the bytes are valid UTF-8, but for a character at their end that a limit may have cut in two. */
    static boolean isUtf8(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            int length = sequence(bytes, i);
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    /** Characters of three and more bytes in valid UTF-8. */
    static int wideCharacters(byte[] bytes) {
        int wide = 0;
        for (byte b : bytes) {
            wide += (b & 0xE0) == 0xE0 ? 1 : 0;
        }
        return wide;
    }

    /** Whether most letters are above 0x7F, and various, as in no western language. */
    static boolean isDense(byte[] bytes) {
        int high = 0;
        int ascii = 0;
        BitSet various = new BitSet(256);
        for (byte b : bytes) {
            if (b < 0) {
                high++;
                various.set(b & 0xFF);
            } else if ((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z')) {
                ascii++;
            }
        }
        return various.cardinality() >= MIN_VARIOUS && high * 100 > (high + ascii) * DENSE_PERCENT;
    }

    /** Bytes of the UTF-8 sequence at i, 0 if it is malformed (RFC 3629). */
    private static int sequence(byte[] bytes, int i) {
        int first = bytes[i] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        for (int k = 1; k < length; k++) {
            if (i + k >= bytes.length) {
                return k > 0 && i > 0 ? length : 0;
            }
            int next = bytes[i + k] & 0xFF;
            int least = k == 1 && first == 0xE0 ? 0xA0 : k == 1 && first == 0xF0 ? 0x90 : 0x80;
            int most = k == 1 && first == 0xED ? 0x9F : k == 1 && first == 0xF4 ? 0x8F : 0xBF;
            if (next < least || next > most) {
                return 0;
            }
        }
        return length;
    }
}
