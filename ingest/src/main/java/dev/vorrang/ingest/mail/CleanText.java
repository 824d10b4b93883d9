package dev.vorrang.ingest.mail;

import java.nio.charset.StandardCharsets;

/** Makes decoded text safe to store and to pass on: no NUL, no lone surrogates, lines that end in LF. Linear in its input. */
final class CleanText {
    private static final char REPLACEMENT = '\uFFFD';

    private CleanText() {}

    /** Text of several lines: CRLF and CR become LF, control characters other than LF and TAB are dropped. */
    static String lines(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                    out.append('\n');
                }
            } else if (c >= ' ' || c == '\n' || c == '\t') {
                i = append(out, text, i);
            } else if (c == '\f') {
                out.append('\n');
            }
        }
        return out.toString();
    }

    /**
     * A header value or a name: one line without control characters, without the characters that turn the direction of
     * writing or have no width, white space at the ends removed and line breaks and tabs within turned to spaces.
     */
    static String oneLine(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                continue;
            }
            if (c == '\n' || c == '\r' || c == '\t' || c == '\u2028' || c == '\u2029') {
                out.append(' ');
            } else if (!Character.isISOControl(c) && !isDeceptive(c)) {
                i = append(out, text, i);
            }
        }
        return out.toString().strip();
    }

    /** At most so many UTF-16 units of the text, without splitting a surrogate pair. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** Bytes of the text in UTF-8, 0 for null. */
    static int bytes(String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether there is a letter or digit in it. */
    static boolean hasWords(CharSequence text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** Appends the character at i, with its other half or its replacement if it is a surrogate; the last index used. */
    private static int append(StringBuilder out, String text, int i) {
        char c = text.charAt(i);
        if (!Character.isSurrogate(c)) {
            out.append(c);
        } else if (Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1))) {
            out.append(c).append(text.charAt(i + 1));
            return i + 1;
        } else {
            out.append(REPLACEMENT);
        }
        return i;
    }

    /** Bidirectional controls (Unicode, annex 9), zero-width space and byte order mark; joiners stay, scripts need them. */
    private static boolean isDeceptive(char c) {
        return c == '\u061C'
                || c == '\u200B'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\uFEFF';
    }
}
