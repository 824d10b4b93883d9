package dev.vorrang.ingest.reading;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as people and machines write them: in quotes, with a decimal comma, with separators between thousands, with a unit behind
 * them. Stricter than Java where that is about programs: no hexadecimal, no suffix, no NaN, no infinity.
 */
final class Numbers {

    static final int LONGEST = 100;

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    /** Sign, digits with separators, exponent, and what is behind them. */
    private static final Pattern PARTS = Pattern.compile(
            "([+-]?)((?:\\d|[.,]\\d)(?:[\\d.,'’]|[ \\u00a0\\u202f](?=\\d{3}))*)([eE][+-]?\\d{1,4})?\\s*(.*)");

    private static final Pattern SPACED = Pattern.compile("\\d{1,3}(?:[ '’\\u00a0\\u202f]\\d{3})+(?:[.,]\\d+)?");
    private static final Pattern COMMA_THOUSANDS = Pattern.compile("\\d{1,3}(?:,\\d{3})+");
    private static final Pattern POINT_THOUSANDS = Pattern.compile("\\d{1,3}(?:\\.\\d{3})+");

    /** What programs write where there is no value. */
    private static final Set<String> NONE = Set.of(
            "",
            "na",
            "n/a",
            "n.a.",
            "#n/a",
            "#na",
            "<na>",
            "nan",
            "-nan",
            "null",
            "(null)",
            "none",
            "nil",
            "-",
            "--",
            "---",
            "–",
            "—",
            "?",
            "??",
            "???",
            "no data",
            "nodata",
            "no value",
            "missing",
            "undefined");

    /** What programs write where a sensor, a line or a formula failed. */
    private static final Set<String> FAILED = Set.of(
            "bad",
            "bad input",
            "error",
            "err",
            "fault",
            "failure",
            "failed",
            "fail",
            "invalid",
            "timeout",
            "i/o timeout",
            "comm fail",
            "comm error",
            "offline",
            "not connected",
            "disconnected",
            "unknown",
            "uncertain",
            "pt created",
            "inf",
            "+inf",
            "-inf",
            "infinity",
            "-infinity",
            "∞",
            "overflow",
            "underflow",
            "overrange",
            "underrange",
            "over",
            "under",
            "#value!",
            "#ref!",
            "#div/0!",
            "#num!",
            "#name?",
            "#null!",
            "#wert!",
            "#bezug!",
            "#zahl!",
            "#nv",
            "fehler",
            "ungültig",
            "gestört",
            "störung");

    private Numbers() {}

    /** Whether a text is a plain decimal number: a decimal point, no separators, no unit. */
    static boolean isNumber(String text) {
        return text.length() <= LONGEST && NUMBER.matcher(text).matches();
    }

    /** @param field as it is written; white space and one pair of quotes around it do not count */
    static FieldValue of(String field, NumberFormat format) {
        String text = unquoted(field.strip().replace('−', '-'));
        if (text.length() > LONGEST) {
            return new FieldValue.Other();
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (NONE.contains(word)) {
            return new FieldValue.None();
        }
        if (FAILED.contains(word)) {
            return new FieldValue.Failed();
        }
        if (word.equals("true") || word.equals("false")) {
            return new FieldValue.Number(word.equals("true") ? 1 : 0, Optional.empty());
        }
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return new FieldValue.Other();
        }
        String unit = parts.group(4).strip();
        if (!unit.isEmpty() && !Units.isUnit(unit)) {
            return new FieldValue.Other();
        }
        String exponent = parts.group(3) == null ? "" : parts.group(3);
        return plain(parts.group(2), format)
                .map(digits -> Double.parseDouble(parts.group(1) + digits + exponent))
                .filter(Double::isFinite)
                .<FieldValue>map(
                        value -> new FieldValue.Number(value, Optional.of(unit).filter(each -> !each.isEmpty())))
                .orElseGet(FieldValue.Other::new);
    }

    private static String unquoted(String text) {
        String inner = text.startsWith("=\"") ? text.substring(1) : text;
        boolean quoted = inner.length() >= 2
                && inner.charAt(0) == inner.charAt(inner.length() - 1)
                && (inner.charAt(0) == '"' || inner.charAt(0) == '\'');
        return quoted ? inner.substring(1, inner.length() - 1).strip() : text;
    }

    /** Digits with a decimal point at most; empty if the separators make no sense, or could make more than one. */
    private static Optional<String> plain(String written, NumberFormat format) {
        String digits = SPACED.matcher(written).matches() ? written.replaceAll("[ '’\\u00a0\\u202f]", "") : written;
        int commas = (int) digits.chars().filter(each -> each == ',').count();
        int points = (int) digits.chars().filter(each -> each == '.').count();
        if (commas + points == 1 && !digits.endsWith(",")) {
            return switch (format.only(digits)) {
                case DECIMAL -> decimal(digits.replace(',', '.'));
                case THOUSANDS -> decimal(digits.replaceAll("[.,]", ""));
                case UNKNOWN -> Optional.empty();
            };
        }
        if (commas > 0 && points > 0) {
            int decimal = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
            String whole = digits.substring(0, decimal);
            Pattern thousands = digits.charAt(decimal) == '.' ? COMMA_THOUSANDS : POINT_THOUSANDS;
            return thousands.matcher(whole).matches()
                    ? decimal(whole.replaceAll("[.,]", "") + '.' + digits.substring(decimal + 1))
                    : Optional.empty();
        }
        boolean thousands = COMMA_THOUSANDS.matcher(digits).matches()
                || POINT_THOUSANDS.matcher(digits).matches();
        return decimal(thousands ? digits.replaceAll("[.,]", "") : digits);
    }

    private static Optional<String> decimal(String digits) {
        return NUMBER.matcher(digits).matches() ? Optional.of(digits) : Optional.empty();
    }
}
