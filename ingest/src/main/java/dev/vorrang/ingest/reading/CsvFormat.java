package dev.vorrang.ingest.reading;

import java.util.Locale;
import java.util.Optional;

/**
 * What separates the fields of CSV, and the decimals of its numbers, where that is told and not to be found out.
 *
 * @param separator of fields; empty: as the header has it
 * @param decimalComma whether numbers have a decimal comma, and points between thousands; empty: as the first rows have it
 */
public record CsvFormat(Optional<Character> separator, Optional<Boolean> decimalComma) {

    /** To be found out. */
    public static final CsvFormat AUTOMATIC = new CsvFormat(Optional.empty(), Optional.empty());

    /** What {@link #of} takes, for messages. */
    public static final String SEPARATORS = "auto, comma, semicolon, tab, bar, or one character";

    /** What {@link #of} takes, for messages. */
    public static final String DECIMALS = "auto, point or comma";

    /** @throws IllegalArgumentException if one is not among {@link #SEPARATORS} or {@link #DECIMALS} */
    public static CsvFormat of(String separator, String decimal) {
        return new CsvFormat(separator(separator), decimalComma(decimal));
    }

    private static Optional<Character> separator(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> Optional.empty();
            case "comma" -> Optional.of(',');
            case "semicolon" -> Optional.of(';');
            case "tab" -> Optional.of('\t');
            case "bar" -> Optional.of('|');
            default -> {
                if (text.length() != 1 || "\"\r\n".contains(text)) {
                    throw new IllegalArgumentException("'" + text + "': allowed are " + SEPARATORS);
                }
                yield Optional.of(text.charAt(0));
            }
        };
    }

    private static Optional<Boolean> decimalComma(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> Optional.empty();
            case "point" -> Optional.of(false);
            case "comma" -> Optional.of(true);
            default -> throw new IllegalArgumentException("'" + text + "': allowed are " + DECIMALS);
        };
    }
}
