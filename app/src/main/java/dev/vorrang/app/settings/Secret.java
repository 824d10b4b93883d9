package dev.vorrang.app.settings;

import java.util.Objects;

/**
 * A value that is never shown.
 *
 * @param value the secret
 */
public record Secret(String value) {

    static final String HIDDEN = "***";

    public Secret {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
