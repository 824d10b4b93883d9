package dev.vorrang.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * A series of demand: an item, or an item at a location. Immutable.
 *
 * @param item its name, 1 to {@value #MAX_CHARS} characters, without @
 * @param location where it is ordered, 1 to {@value #MAX_CHARS} characters; empty if the item has one series
 */
public record SeriesKey(String item, Optional<String> location) {

    private static final int MAX_CHARS = 400;
    private static final char SEPARATOR = '@';

    /** @throws IllegalArgumentException if the item or the location is none */
    public SeriesKey {
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(location, "location");
        check("item", item);
        if (item.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException(
                    "item '" + item + "': allowed is a name without @, which stands before the location in a key");
        }
        location.ifPresent(place -> check("location", place));
    }

    /** @param location null or empty if the item has one series */
    public static SeriesKey of(String item, String location) {
        return new SeriesKey(item, Optional.ofNullable(location).filter(place -> !place.isEmpty()));
    }

    /** Of a key of Kafka, as {@link #toString} writes it. */
    public static SeriesKey parse(String key) {
        int at = key.indexOf(SEPARATOR);
        return at < 0 ? of(key, null) : of(key.substring(0, at), key.substring(at + 1));
    }

    private static void check(String name, String value) {
        if (value.isBlank() || value.length() > MAX_CHARS) {
            throw new IllegalArgumentException(name + " of " + value.length() + " characters: allowed are 1 to "
                    + MAX_CHARS + ", not all of them blank");
        }
    }

    /** The key in Kafka: item, or item@location. */
    @Override
    public String toString() {
        return location.map(place -> item + SEPARATOR + place).orElse(item);
    }
}
