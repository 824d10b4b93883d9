package dev.vorrang.ingest.reading;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What commas and points in numbers mean where a number alone does not tell: {@code 1,234.5} and {@code 21.5} can be one thing only,
 * {@code 1,234} and {@code 1.234} two.
 */
enum NumberFormat {
    /** Points are decimal, and commas are not allowed but in {@code 1,234.5}. */
    PLAIN(Comma.REFUSED, false),
    /** A decimal point, and commas between thousands. */
    POINT(Comma.THOUSANDS, false),
    /** A decimal comma, and points between thousands. */
    COMMA(Comma.DECIMAL, true),
    /** Either; a comma before three digits is open. */
    OPEN(Comma.OPEN, false),
    /** Either; commas are decimal as well as points. */
    BOTH(Comma.DECIMAL, false);

    private static final Pattern DECIMAL_COMMA =
            Pattern.compile("[+-]?(0,\\d+|\\d+,(\\d{1,2}|\\d{4,})|\\d{4,},\\d+|\\d{1,3}(\\.\\d{3})+,\\d+)");
    private static final Pattern DECIMAL_POINT =
            Pattern.compile("[+-]?(0?\\.\\d+|\\d+\\.(\\d{1,2}|\\d{4,})|\\d{4,}\\.\\d+|\\d{1,3}(,\\d{3})+\\.\\d+)");
    private static final Pattern THOUSAND = Pattern.compile("[1-9]\\d{0,2}[.,]\\d{3}");

    private enum Comma {
        REFUSED,
        THOUSANDS,
        DECIMAL,
        OPEN
    }

    private final Comma comma;
    private final boolean thousandPoints;

    NumberFormat(Comma comma, boolean thousandPoints) {
        this.comma = comma;
        this.thousandPoints = thousandPoints;
    }

    /**
     * The format of a file.
     *
     * @param fields of its first rows, without those of machine and time
     * @param separator of its fields
     */
    static NumberFormat of(List<String> fields, char separator) {
        long commas = fields.stream()
                .filter(field -> DECIMAL_COMMA.matcher(field.strip()).matches())
                .count();
        long points = fields.stream()
                .filter(field -> DECIMAL_POINT.matcher(field.strip()).matches())
                .count();
        if (commas > 0 && points == 0) {
            return COMMA;
        }
        if (points > 0 && commas == 0) {
            return POINT;
        }
        return separator == ',' ? OPEN : BOTH;
    }

    /** The only comma or point of a number. */
    enum Separator {
        DECIMAL,
        THOUSANDS,
        UNKNOWN
    }

    /** @param digits with one comma or point in them */
    Separator only(String digits) {
        boolean thousand = THOUSAND.matcher(digits).matches();
        if (digits.indexOf('.') >= 0) {
            return thousand && thousandPoints ? Separator.THOUSANDS : Separator.DECIMAL;
        }
        return switch (comma) {
            case DECIMAL -> Separator.DECIMAL;
            case OPEN -> thousand ? Separator.UNKNOWN : Separator.DECIMAL;
            case THOUSANDS -> thousand ? Separator.THOUSANDS : Separator.UNKNOWN;
            case REFUSED -> Separator.UNKNOWN;
        };
    }
}
