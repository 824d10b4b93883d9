package dev.vorrang.app.evaluate;

import java.util.regex.Pattern;

/** Text from data, fit to be shown in one line: what a terminal or browser would act on is left out. */
public final class Excerpt {

    private static final int LONGEST_NAME = 60;
    /** White space, and all that is no character to see: control, format (which turns the reading direction), lone surrogates. */
    private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{C}\\p{Z}]+");

    private Excerpt() {}

    /** A name, such as that of a sensor or a label. */
    public static String name(String text) {
        return of(text, LONGEST_NAME);
    }

    /**
     * The beginning of a text.
     *
     * @param most code points to show, 1 or more
     */
    public static String of(String text, int most) {
        // What is cut off anyway may be megabytes.
        String beginning = text.length() <= 8 * most ? text : text.substring(0, 8 * most);
        String line = UNSEEN.matcher(beginning).replaceAll(" ").strip();
        boolean whole = line.codePointCount(0, line.length()) <= most && beginning.length() == text.length();
        int end = Math.min(most, line.codePointCount(0, line.length()));
        return whole ? line : line.substring(0, line.offsetByCodePoints(0, end)).strip() + "…";
    }
}
