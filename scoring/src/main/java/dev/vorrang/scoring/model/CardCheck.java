package dev.vorrang.scoring.model;

/** Complaints about the fields of cards, all in the same words. */
public final class CardCheck {

    private CardCheck() {}

    public static <T> T present(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException("field '" + field + "' is missing");
        }
        return value;
    }

    public static void that(boolean holds, String field, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("field '" + field + "' is '" + value + "', allowed: " + allowed);
        }
    }

    public static void identifier(String field, String value) {
        present(field, value);
        that(value.matches("[A-Za-z0-9._-]{1,100}"), field, value, "up to 100 of a-z, A-Z, 0-9, '.', '_' and '-'");
    }
}
