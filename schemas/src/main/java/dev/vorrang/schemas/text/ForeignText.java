package dev.vorrang.schemas.text;

import java.util.regex.Pattern;

/**
 * The one way to show text that a server, a file or a mail holds: nothing in it can move the cursor, set the clipboard (OSC 52),
 * turn the direction of writing or forge a line of a log, and no secret in it stays readable. Safe for use by many threads.
 */
public final class ForeignText {

    /** UTF-16 units of one line; the rest is cut. */
    static final int MAX_LINE = 2_000;

    private static final char REPLACEMENT = '\uFFFD';
    private static final Pattern SPACE = Pattern.compile("[\\s\\u0085\\u2028\\u2029]+");
    /** Cf: format characters, among them the bidirectional ones. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private static final Pattern UNSAFE_IN_LINES =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");
    /** ESC that begins no colour: what else a program of ours sends to the terminal goes there by JLine. */
    private static final Pattern UNSAFE_AT_TERMINAL =
            Pattern.compile("\\u001B(?!\\[[0-9;]{0,20}m)|[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n\\r\\t\\u001B]]");

    private ForeignText() {}

    /** One line, for messages, names and cells of tables; null stays null. */
    public static String line(String text) {
        if (text == null) {
            return null;
        }
        var shown = cut(KnownSecrets.hide(text));
        return UNSAFE.matcher(SPACE.matcher(shown).replaceAll(" ")).replaceAll(String.valueOf(REPLACEMENT));
    }

    /** Several lines, for stack traces and the log; line feeds and tabs stay. Null stays null. */
    public static String lines(String text) {
        return text == null
                ? null
                : UNSAFE_IN_LINES
                        .matcher(KnownSecrets.hide(text).replace("\r\n", "\n"))
                        .replaceAll(String.valueOf(REPLACEMENT));
    }

    /** The last guard before the terminal: colours pass, no other control does. */
    public static String atTerminal(String text) {
        return UNSAFE_AT_TERMINAL.matcher(text).replaceAll(String.valueOf(REPLACEMENT));
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LINE) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE;
        return text.substring(0, end) + "…";
    }
}
