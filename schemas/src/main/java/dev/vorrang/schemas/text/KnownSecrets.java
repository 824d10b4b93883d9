package dev.vorrang.schemas.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The secrets that this program was given, so that they can be hidden wherever text is shown: a server may send back what it was
 * sent. Safe for use by many threads.
 */
public final class KnownSecrets {

    /** What stands in its place. */
    public static final String HIDDEN = "***";

    /** Shorter ones are words of any text, and guessed at once anyway. */
    private static final int SHORTEST = 4;
    /** Values and their encoded forms; access tokens come anew each hour, the oldest is forgotten first. */
    private static final int MOST = 4_000;

    private static final Set<String> VALUES = new LinkedHashSet<>();
    private static volatile List<String> longestFirst = List.of();

    private KnownSecrets() {}

    /** Hides a value from here on, as it is and as a form or an HTTP header encodes it. */
    public static void add(String secret) {
        if (secret == null || secret.length() < SHORTEST) {
            return;
        }
        synchronized (VALUES) {
            boolean isNew = VALUES.add(secret);
            VALUES.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            VALUES.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
            while (VALUES.size() > MOST) {
                VALUES.remove(VALUES.iterator().next());
            }
            if (isNew) {
                // A longer one may hold a shorter one, whose rest would then stay.
                longestFirst = VALUES.stream()
                        .sorted((one, other) -> Integer.compare(other.length(), one.length()))
                        .toList();
            }
        }
    }

    /** The text without the values that were added. */
    public static String hide(String text) {
        var hidden = text;
        for (String secret : longestFirst) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }
}
