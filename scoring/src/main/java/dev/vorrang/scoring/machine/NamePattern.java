package dev.vorrang.scoring.machine;

import java.util.regex.Pattern;

/**
 * A name, or a pattern of names: {@code *} stands for any characters or none, {@code ?} for one; all else for itself, in the same case.
 * Immutable.
 */
public final class NamePattern {

    private final String text;
    private final Pattern pattern;

    private NamePattern(String text) {
        this.text = text;
        this.pattern = Pattern.compile(
                "\\Q"
                        + text.replace("\\E", "\\E\\\\E\\Q")
                                .replace("*", "\\E.*\\Q")
                                .replace("?", "\\E.\\Q") + "\\E",
                Pattern.DOTALL);
    }

    /** @throws IllegalArgumentException if the text is blank */
    public static NamePattern of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty pattern matches no machine");
        }
        return new NamePattern(text);
    }

    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
