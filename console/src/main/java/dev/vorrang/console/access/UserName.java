package dev.vorrang.console.access;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Names of users. */
final class UserName {

    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}._@+-]{0,99}");

    private UserName() {}

    /**
     * The name as it is kept: composed Unicode, so that what looks the same is the same.
     *
     * @throws IllegalArgumentException if it is not allowed
     */
    static String of(String text) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "user '" + text
                            + "': allowed are 1 to 100 letters, digits, '.', '_', '@', '+' and '-', the first a letter or digit");
        }
        return name;
    }
}
