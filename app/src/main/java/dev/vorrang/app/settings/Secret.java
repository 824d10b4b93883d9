package dev.vorrang.app.settings;

import dev.vorrang.schemas.text.KnownSecrets;
import java.util.Objects;

/**
 * A value that is never shown, in no text either that somebody else writes.
 *
 * @param value the secret
 */
public record Secret(String value) {

    static final String HIDDEN = "***";

    public Secret {
        Objects.requireNonNull(value, "value");
        KnownSecrets.add(value);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
