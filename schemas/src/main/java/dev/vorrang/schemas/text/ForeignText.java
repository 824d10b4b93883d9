package dev.vorrang.schemas.text;

import java.util.regex.Pattern;

/**
 * Sanitizes untrusted text of servers, files and mails before it is shown. The result cannot move the cursor, set the clipboard
 * (OSC 52), change the direction of writing or forge a log line, and contains no known secret. Thread-safe.
 */
public final class ForeignText {

    /** Maximum length of a line in UTF-16 units; the rest is cut. */
    static final int MAX_LINE_LENGTH = 2_000;

    private static final char REPLACEMENT = '\uFFFD';
    private static final Pattern SPACE = Pattern.compile("[\\s\\u0085\\u2028\\u2029]+");
    /** Cf: format characters, among them the bidirectional ones. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private static final Pattern UNSAFE_IN_LINES =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");
    /** Escape sequences other than colours; all others that this program needs are written by JLine. */
    private static final Pattern UNSAFE_AT_TERMINAL =
            Pattern.compile("\\u001B(?!\\[[0-9;]{0,20}m)|[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n\\r\\t\\u001B]]");

    private ForeignText() {}

    /** Text on one line, for messages, names and table cells. Null stays null. */
    public static String line(String text) {
        if (text == null) {
            return null;
        }
        var shown = cut(KnownSecrets.hide(text));
        return UNSAFE.matcher(SPACE.matcher(shown).replaceAll(" ")).replaceAll(String.valueOf(REPLACEMENT));
    }

    /** Text on several lines, for stack traces and the log. Line feeds and tabs are kept. Null stays null. */
    public static String lines(String text) {
        return text == null
                ? null
                : UNSAFE_IN_LINES
                        .matcher(KnownSecrets.hide(text).replace("\r\n", "\n"))
                        .replaceAll(String.valueOf(REPLACEMENT));
    }

    /** Final filter before the terminal: keeps colour sequences and removes all other control characters. */
    public static String atTerminal(String text) {
        return UNSAFE_AT_TERMINAL.matcher(text).replaceAll(String.valueOf(REPLACEMENT));
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LINE_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LINE_LENGTH - 1)) ? MAX_LINE_LENGTH - 1 : MAX_LINE_LENGTH;
        return text.substring(0, end) + "…";
    }
}
