package dev.vorrang.training.demand;

import dev.vorrang.ingest.reading.CsvFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the numbers of a file of demand. */
final class QuantityField {

    /** Larger demand in one row is an error, not an order. */
    static final double LIMIT = 1e9;

    private static final Set<String> NONE = Set.of("", "na", "n/a", "nan", "null", "none");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2})?");
    private static final Pattern COMMA = Pattern.compile("[+-]?\\d+,\\d+");
    private static final Pattern OPEN = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");

    private final Optional<Boolean> decimalComma;

    QuantityField(CsvFormat format) {
        decimalComma = format.decimalComma();
    }

    /**
     * @param column for the message
     * @return NaN if the field says that there is no number
     * @throws IllegalArgumentException if it is no number, or beyond the limit; the message names column, value and what is allowed
     */
    double read(String column, String field) {
        String text = field.strip();
        if (NONE.contains(text.toLowerCase(Locale.ROOT))) {
            return Double.NaN;
        }
        if (COMMA.matcher(text).matches()) {
            text = withPoint(column, text);
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(column + " '" + shown(field) + "': allowed are numbers");
        }
        double value = Double.parseDouble(text);
        if (!(Math.abs(value) < LIMIT)) {
            throw new IllegalArgumentException(
                    column + " '" + shown(field) + "': allowed are numbers between -10^9 and 10^9");
        }
        return value;
    }

    private String withPoint(String column, String text) {
        boolean decimal = decimalComma.orElse(!OPEN.matcher(text).matches());
        if (!decimal) {
            throw new IllegalArgumentException(column + " '" + text + "': a comma that may be a decimal comma or part"
                    + " of thousands; allowed are decimal points, or --decimal comma");
        }
        return text.replace(',', '.');
    }

    private static String shown(String field) {
        String text = field.strip();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
