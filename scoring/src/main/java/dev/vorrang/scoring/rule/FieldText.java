package dev.vorrang.scoring.rule;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The value of a field for people and templates. */
final class FieldText {

    private FieldText() {}

    static String of(Object value) {
        if (value instanceof Timestamp time) {
            return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .sorted((one, other) -> Double.compare(size(other.getValue()), size(one.getValue())))
                    .map(entry -> entry.getKey() + "=" + of(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FieldText::of).collect(Collectors.joining(", "));
        }
        return value instanceof Double number ? number(number) : String.valueOf(value);
    }

    private static double size(Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    /** With up to four decimals. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "" : String.valueOf(value);
        }
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceFirst("\\.?0+$", "");
    }
}
