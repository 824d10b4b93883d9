package dev.vorrang.app.settings;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings that are handed on to a client under its own names. Values that may be secret are not shown.
 *
 * @param values by the client's names
 */
public record ClientProperties(Map<String, String> values) {

    private static final Pattern SECRET =
            Pattern.compile("password|secret|token|jaas|credential|user\\.info|key", Pattern.CASE_INSENSITIVE);

    public ClientProperties {
        values = Map.copyOf(values);
    }

    static boolean isSecret(String name) {
        return SECRET.matcher(name).find();
    }

    @Override
    public String toString() {
        var shown = new TreeMap<>(values);
        shown.replaceAll((name, value) -> isSecret(name) ? Secret.HIDDEN : value);
        return shown.toString();
    }
}
