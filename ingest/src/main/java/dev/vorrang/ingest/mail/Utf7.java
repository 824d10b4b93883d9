package dev.vorrang.ingest.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** UTF-7 (RFC 2152), which Java lacks and old mails use. Lenient: what is no UTF-7 stays as it is. */
final class Utf7 {
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Utf7() {}

    static String decode(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            char c = (char) (bytes[i++] & 0xFF);
            if (c != '+') {
                out.append(c);
            } else if (i < bytes.length && bytes[i] == '-') {
                out.append('+');
                i++;
            } else {
                int end = i;
                while (end < bytes.length && digit(bytes[end]) >= 0) {
                    end++;
                }
                out.append(end == i ? "+" : shifted(bytes, i, end));
                i = end < bytes.length && end > i && bytes[end] == '-' ? end + 1 : end;
            }
        }
        return out.toString();
    }

    /** UTF-16, big endian, in base64 without padding; bits that do not fill a unit are padding. */
    private static String shifted(byte[] bytes, int from, int to) {
        ByteArrayOutputStream units = new ByteArrayOutputStream((to - from) * 3 / 4 + 1);
        int bits = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            bits = (bits << 6 | digit(bytes[i])) & 0xFFFFFF;
            count += 6;
            if (count >= 8) {
                count -= 8;
                units.write(bits >> count);
            }
        }
        return new String(units.toByteArray(), 0, units.size() & ~1, StandardCharsets.UTF_16BE);
    }

    private static int digit(byte b) {
        return b <= 0 ? -1 : BASE64.indexOf(b);
    }
}
