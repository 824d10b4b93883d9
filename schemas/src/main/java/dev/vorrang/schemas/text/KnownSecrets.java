package dev.vorrang.schemas.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Registry of the secrets of this process, which are redacted wherever text is shown: a server may echo a secret that it
 * received. Thread-safe.
 */
public final class KnownSecrets {

    /** Replacement for a secret. */
    public static final String HIDDEN = "***";

    /** Shorter secrets occur in any text and are not redacted. */
    private static final int MIN_LENGTH = 4;
    /** Maximum number of values and encoded forms. Access tokens change each hour; the oldest value is removed first. */
    private static final int MAX_VALUES = 4_000;

    private static final Set<String> VALUES = new LinkedHashSet<>();
    private static volatile List<String> longestFirst = List.of();

    private KnownSecrets() {}

    /** Redacts a value from now on, also URL-encoded and in Base64. Ignored if null or shorter than 4 characters. */
    public static void add(String secret) {
        if (secret == null || secret.length() < MIN_LENGTH) {
            return;
        }
        synchronized (VALUES) {
            boolean isNew = VALUES.add(secret);
            VALUES.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            VALUES.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
            while (VALUES.size() > MAX_VALUES) {
                VALUES.remove(VALUES.iterator().next());
            }
            if (isNew) {
                // A secret may contain a shorter one; replacing that first would leave the rest.
                longestFirst = VALUES.stream()
                        .sorted((one, other) -> Integer.compare(other.length(), one.length()))
                        .toList();
            }
        }
    }

    /** Forgets all values: those of one test are none of the next. */
    static void forget() {
        synchronized (VALUES) {
            VALUES.clear();
            longestFirst = List.of();
        }
    }

    /** The text with each registered value replaced by {@link #HIDDEN}. */
    public static String hide(String text) {
        var hidden = text;
        for (String secret : longestFirst) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }
}
