package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Position;
import java.util.Objects;

/**
 * Work that time makes due, rather than a record of its own: one record may end the period of many keys.
 *
 * @param position of the record that moved the time, or of the last one read
 * @param key what it is about, in UTF-8; for a dead letter if a model fails for it
 * @param pending what waits for its batch
 * @param <I> what the models read
 * @param <P> what the models say
 */
public record Due<I, P>(Position position, byte[] key, Pending<I, P> pending) {

    public Due {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(pending, "pending");
    }
}
