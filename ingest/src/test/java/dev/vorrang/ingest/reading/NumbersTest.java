package dev.vorrang.ingest.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as they are written in payloads and files. */
class NumbersTest {

    private static final Origin ORIGIN =
            new Origin("file:/a.csv", Optional.of("p"), Optional.empty(), Instant.parse("2026-10-01T00:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "21.5 | OPEN | 21.5",
                "\"21.5\" | PLAIN | 21.5",
                "=\"21.5\" | OPEN | 21.5",
                "21,5 | OPEN | 21.5",
                "21,5 | COMMA | 21.5",
                "0,125 | OPEN | 0.125",
                "6,125 | COMMA | 6.125",
                "6,125 | BOTH | 6.125",
                "1,234 | POINT | 1234",
                "1.234 | COMMA | 1234",
                "1.234 | BOTH | 1.234",
                "6.125 | OPEN | 6.125",
                "1.234,5 | PLAIN | 1234.5",
                "1,234.5 | PLAIN | 1234.5",
                "1.234.567 | PLAIN | 1234567",
                "1 234 567,8 | COMMA | 1234567.8",
                "1'234.5 | POINT | 1234.5",
                "−3,5E+02 | COMMA | -350",
                "-.5 | OPEN | -0.5",
                "TRUE | OPEN | 1",
                "21.5 °C | OPEN | 21.5",
                "6,1bar | COMMA | 6.1",
                "55% | OPEN | 55",
                "1450 1/min | OPEN | 1450",
                "3.2 mm/s | OPEN | 3.2",
                "12 m³/h | OPEN | 12",
            })
    void shouldReadNumbers(String text, NumberFormat format, double expected) {
        assertThat(Numbers.of(text, format))
                .isInstanceOfSatisfying(FieldValue.Number.class, number -> assertThat(number.value())
                        .isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,234 | OPEN",
                "21,5 | PLAIN",
                "21,5 | POINT",
                "0x10 | OPEN",
                "1f | OPEN",
                "1e999 | OPEN",
                "1 2 | OPEN",
                "12.34.56 | OPEN",
                "1,2,3 | OPEN",
                "RUN | OPEN",
                "12 furlongs | OPEN",
                "2026-09-02 | OPEN",
            })
    void shouldReadNothingElse(String text, NumberFormat format) {
        assertThat(Numbers.of(text, format)).isInstanceOf(FieldValue.Other.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "NA", "n/a", "#N/A", "NaN", "null", "-", "--", "?"})
    void shouldTakeMarksOfNoValueForThat(String text) {
        assertThat(Numbers.of(text, NumberFormat.OPEN)).isInstanceOf(FieldValue.None.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bad", "#DIV/0!", "Infinity", "I/O Timeout"})
    void shouldKnowThatASensorFailed(String text) {
        assertThat(Numbers.of(text, NumberFormat.OPEN)).isInstanceOf(FieldValue.Failed.class);
    }

    @Test
    void shouldFindSeparatorsOfAFile() {
        assertThat(texts("time;temp;druck\n2026-09-02 00:00:00;21,5;6\n2026-09-02 00:00:10;1.234;6,1\n"))
                .containsExactly("{temp=21.5, druck=6.0} []", "{temp=1234.0, druck=6.1} []");
        assertThat(texts("time\ttemp\n2026-09-02 00:00:00\t21.5\n")).containsExactly("{temp=21.5} []");
        assertThat(texts("sep=|\ntime|temp\n2026-09-02 00:00:00|21,5\n")).containsExactly("{temp=21.5} []");
        assertThat(texts("time,temp,load\n2026-09-02 00:00:00,\"21,5\",\"1,234\"\n"))
                .containsExactly("{temp=21.5, load=1.234} []");
        assertThat(texts("time,temp,load\n2026-09-02 00:00:00,21.5,\"1,234\"\n"))
                .containsExactly("{temp=21.5, load=1234.0} []");
        assertThat(texts("time,temp,load\n2026-09-02 00:00:00,7,\"1,234\"\n"))
                .containsExactly("{temp=7.0} [not_a_number:load]");
    }

    @Test
    void shouldTakeSeparatorsThatAreSet() {
        var columns = new CsvReadingDecoder.Columns(
                Optional.empty(), Optional.of("t"), Set.of(), Set.of(), ZoneOffset.UTC, CsvFormat.of("^", "comma"));
        List<Decoded> decoded = new CsvReadingDecoder(columns)
                .decode("t^a,b\n1704103200^6,125\n".getBytes(StandardCharsets.UTF_8), ORIGIN);
        assertThat(text(decoded.get(0))).isEqualTo("{a,b=6.125} []");
    }

    @Test
    void shouldMissASensorWhereItHasNoNumberAndSaySo() {
        assertThat(texts("time,temp,pressure,state\n"
                        + "2026-09-02T00:00:00Z,Bad,6.1,\n"
                        + "2026-09-02T00:00:10Z,21.5,6.1,RUN\n"
                        + "2026-09-02T00:00:20Z,21.6 °C,--,7\n"
                        + "2026-09-02T00:00:30Z,x,y,z\n"))
                .containsExactly(
                        "{temp=null, pressure=6.1, state=null} [not_a_number:temp]",
                        "{temp=21.5, pressure=6.1} [not_a_number:state]",
                        "{temp=21.6, pressure=null, state=7.0} []",
                        "value of temp 'x': allowed is a decimal number of at most 100 characters");
    }

    @Test
    void shouldReadHeadersAsTheyAreInTheWorld() {
        assertThat(texts("\uFEFFtime,temp,temp,,\n2026-09-02T00:00:00Z,1,2,3,4\n"))
                .containsExactly("{temp=1.0, temp (2)=2.0} []");
        assertThat(texts("time,temp\n2026-09-02T00:00:00Z,1,,\n2026-09-02T00:00:00Z,1,2\n"))
                .containsExactly("{temp=1.0} []", "row of 3 fields: the header has 2");
    }

    private static List<String> texts(String payload) {
        var columns = new CsvReadingDecoder.Columns(Optional.empty(), Optional.of("time"), Set.of(), ZoneOffset.UTC);
        return new CsvReadingDecoder(columns)
                .decode(payload.getBytes(StandardCharsets.UTF_8), ORIGIN).stream()
                        .map(NumbersTest::text)
                        .toList();
    }

    private static String text(Decoded decoded) {
        return decoded instanceof Decoded.Accepted accepted
                ? accepted.reading().getValues() + " " + accepted.reading().getFlags()
                : ((Decoded.Refused) decoded).message();
    }
}
