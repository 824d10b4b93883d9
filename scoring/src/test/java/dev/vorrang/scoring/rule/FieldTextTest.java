package dev.vorrang.scoring.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTextTest {

    private record Inner(String name) {}

    private record Value(Instant time, Map<String, Float> shares, List<String> words, double peak, int count) {}

    private static final Fields<Value> FIELDS = Fields.<Value>named("values")
            .time("time", "", Value::time)
            .numbers("shares", "", Value::shares)
            .texts("words", "", Value::words)
            .number("peak", "", Value::peak)
            .count("count", "", Value::count)
            .struct(
                    "inner",
                    Fields.<Inner>named("Inner").text("name", "", Inner::name).build(),
                    value -> new Inner("a"))
            .build();

    @Test
    void shouldWriteEachKindOfField() {
        var shares = new LinkedHashMap<>(Map.of("temperature", 0.25f));
        shares.put("vibration", 0.75f);
        var value = new Value(Instant.parse("2026-01-31T08:00:00Z"), shares, List.of("x", "y"), 0.5, 7);

        assertThat(FIELDS.texts(value))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "time", "2026-01-31T08:00:00Z",
                        "shares", "vibration=0.75, temperature=0.25",
                        "words", "x, y",
                        "peak", "0.5",
                        "count", "7",
                        "inner.name", "a"));
        assertThat(FIELDS.names()).containsExactlyElementsOf(FIELDS.texts(value).keySet());
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "0, 0", "0.123456, 0.1235", "-1.5, -1.5", "1000000, 1000000", "0.00001, 0"})
    void shouldWriteNumbersWithFewDigits(double number, String text) {
        assertThat(FieldText.of(number)).isEqualTo(text);
    }

    @Test
    void shouldWriteNothingForWhatIsNoNumber() {
        assertThat(FieldText.of(Double.NaN)).isEmpty();
    }
}
