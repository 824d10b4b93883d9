package dev.vorrang.ingest.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * Encoded words in headers (RFC 2047), as lenient as mail programs: anywhere in the text, of any length, with spaces in a Q word, and
 * a character split over two words of one charset put together again, which Angus does not do. Linear in its input.
 */
final class EncodedWords {
    private static final int MAX_CHARSET = 60;

    private EncodedWords() {}

    /** One word as it stands in the text, from {@code =?} to {@code ?=}. */
    private record Word(int end, String charset, char encoding, int textStart, int textEnd) {}

    /** The text with every encoded word decoded. */
    static String decode(String text) {
        return decode(text, UnaryOperator.identity());
    }

    /**
     * The text with every run of encoded words decoded.
     *
     * @param wrap what to put in place of a decoded run
     */
    static String decode(String text, UnaryOperator<String> wrap) {
        int start = text.indexOf("=?");
        if (start < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        int lastEnd = text.lastIndexOf("?=");
        while (start >= 0 && start < lastEnd) {
            Word word = wordAt(text, start);
            if (word == null) {
                start = text.indexOf("=?", start + 2);
                continue;
            }
            out.append(text, done, start);
            StringBuilder run = new StringBuilder();
            done = decodeRun(text, word, run);
            out.append(wrap.apply(run.toString()));
            start = text.indexOf("=?", done);
        }
        return out.append(text, done, text.length()).toString();
    }

    /**
     * Raw bytes within Q words as the standard wants them, {@code =FC}, so that they are read in the charset of the word and not in
     * that of what is around it.
     *
     * @param raw a header, a character for each byte
     */
    static String escapeRaw(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        int done = 0;
        for (int start = raw.indexOf("=?"); start >= 0; start = raw.indexOf("=?", Math.max(done, start + 2))) {
            Word word = wordAt(raw, start);
            if (word == null || word.encoding() != 'Q') {
                continue;
            }
            out.append(raw, done, word.textStart());
            for (int i = word.textStart(); i < word.textEnd(); i++) {
                char c = raw.charAt(i);
                out.append(
                        c < 0x80
                                ? String.valueOf(c)
                                : "=" + HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
            done = word.textEnd();
        }
        return out.append(raw, done, raw.length()).toString();
    }

    /** Decodes a word and those that follow with nothing but white space between; returns where they end. */
    private static int decodeRun(String text, Word first, StringBuilder out) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Word word = first;
        while (true) {
            decodeWord(text, word, bytes);
            int next = word.end();
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            Word following = text.startsWith("=?", next) ? wordAt(text, next) : null;
            if (following == null || !following.charset().equalsIgnoreCase(word.charset())) {
                out.append(Charsets.decode(bytes.toByteArray(), word.charset()));
                bytes.reset();
            }
            if (following == null) {
                return word.end();
            }
            word = following;
        }
    }

    private static Word wordAt(String text, int start) {
        int charsetEnd = text.indexOf('?', start + 2);
        if (charsetEnd <= start + 2 || charsetEnd - start > MAX_CHARSET || charsetEnd + 2 >= text.length()) {
            return null;
        }
        char encoding = Character.toUpperCase(text.charAt(charsetEnd + 1));
        if ((encoding != 'B' && encoding != 'Q') || text.charAt(charsetEnd + 2) != '?') {
            return null;
        }
        int textStart = charsetEnd + 3;
        int end = text.indexOf("?=", textStart);
        if (end < 0) {
            return null;
        }
        String charset = text.substring(start + 2, charsetEnd);
        int language = charset.indexOf('*');
        return new Word(end + 2, language > 0 ? charset.substring(0, language) : charset, encoding, textStart, end);
    }

    private static void decodeWord(String text, Word word, ByteArrayOutputStream out) {
        String encoded = text.substring(word.textStart(), word.textEnd());
        if (word.encoding() == 'B') {
            byte[] decoded = base64(encoded);
            out.write(decoded, 0, decoded.length);
        } else {
            decodeQ(encoded, out);
        }
    }

    private static byte[] base64(String encoded) {
        StringBuilder digits = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/') {
                digits.append(c);
            }
        }
        if (digits.length() % 4 == 1) {
            digits.setLength(digits.length() - 1);
        }
        return Base64.getDecoder().decode(digits.toString());
    }

    private static void decodeQ(String encoded, ByteArrayOutputStream out) {
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '=' && i + 2 < encoded.length() && hex(encoded, i + 1) >= 0) {
                out.write(hex(encoded, i + 1));
                i += 2;
            } else if (c == '_') {
                out.write(' ');
            } else if (c < 0x80) {
                out.write(c);
            } else {
                byte[] raw = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
                out.write(raw, 0, raw.length);
            }
        }
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
