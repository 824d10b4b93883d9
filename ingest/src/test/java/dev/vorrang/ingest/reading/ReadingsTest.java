package dev.vorrang.ingest.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.SensorReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Origin ORIGIN =
            new Origin("mqtt://broker/plant/pump-3/heat", Optional.of("pump-3"), Optional.of("heat"), NOW);
    private static final PayloadDecoder WHOLE =
            new JsonReadings(JsonReadings.Fields.of(Optional.empty(), Optional.of("/ts"), ""));

    @Test
    void shouldTakeMachineAndTimeFromTheOriginWhereThePayloadDoesNotTell() {
        SensorReading reading = accepted(new SingleValueReadings(), " 21.5\n");

        assertThat(reading.getMachine()).isEqualTo("pump-3");
        assertThat(reading.getTime()).isEqualTo(NOW);
        assertThat(reading.getValues()).isEqualTo(Map.of("heat", 21.5));
        assertThat(reading.getId()).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "0x10", "1,5", "1f", "1e999", "1 2", "on"})
    void shouldRefuseWhatIsNoNumber(String payload) {
        assertThat(refused(new SingleValueReadings(), payload)).contains("allowed is a");
    }

    @Test
    void shouldTakeAWholeDocumentAndPassOverWhatIsNoValue() {
        SensorReading reading = accepted(
                WHOLE,
                "{\"ts\":\"2025-06-01 12:00:00\",\"heat\":1,\"on\":true,\"oil\":null,\"state\":\"run\",\"x\":{}}");

        assertThat(reading.getTime()).isEqualTo("2025-06-01T12:00:00Z");
        assertThat(reading.getValues()).containsOnlyKeys("heat", "on", "oil").containsEntry("oil", null);
    }

    @ParameterizedTest
    @CsvSource({
        "1704103200, 2024-01-01T10:00:00Z",
        "1704103200000, 2024-01-01T10:00:00Z",
        "1704103200000000, 2024-01-01T10:00:00Z",
        "1704103200000000000, 2024-01-01T10:00:00Z",
        "1704103200.5, 2024-01-01T10:00:00.500Z",
        "2024-01-01T11:00:00+01:00, 2024-01-01T10:00:00Z",
        "2024-01-01T10:00:00, 2024-01-01T09:00:00Z",
    })
    void shouldUnderstandTimes(String text, String expected) throws BadPayloadException {
        assertThat(ReadingTime.of(text, ZoneId.of("Europe/Berlin"))).isEqualTo(expected);
    }

    @Test
    void shouldGiveTheSameIdToAPayloadThatComesAgainAndAnotherToAnother() {
        String payload = "{\"ts\":1704103200000,\"heat\":1}";
        String other = "{\"ts\":1704103200000,\"heat\":2}";
        var later = new Origin(ORIGIN.source(), ORIGIN.machine(), ORIGIN.sensor(), NOW.plusSeconds(60));
        String id = accepted(WHOLE, payload).getId();

        assertThat(accepted(WHOLE.decode(bytes(payload), later)).getId()).isEqualTo(id);
        assertThat(accepted(WHOLE, other).getId()).isNotEqualTo(id);
    }

    @Test
    void shouldReadOnlyTheColumnsThatAreAskedFor() {
        var columns = new CsvReadings.Columns(Optional.of("m"), Optional.empty(), Set.of("a"), ZoneId.of("UTC"));
        SensorReading reading = accepted(new CsvReadings(columns), "m,a,b\nx,1,2\n");

        assertThat(reading.getValues()).isEqualTo(Map.of("a", 1.0));
        assertThat(reading.getSource()).endsWith("#2");
        assertThat(refused(new CsvReadings(columns), "a,b\n1,2\n")).startsWith("column 'm': is missing");
    }

    @Property
    void shouldNeverThrow(@ForAll byte[] payload) {
        var columns = new CsvReadings.Columns(Optional.empty(), Optional.empty(), Set.of(), ZoneId.of("UTC"));
        for (PayloadDecoder decoder : List.of(WHOLE, new SingleValueReadings(), new CsvReadings(columns))) {
            assertThat(decoder.decode(payload, ORIGIN)).isNotEmpty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SensorReading accepted(PayloadDecoder decoder, String payload) {
        return accepted(decoder.decode(bytes(payload), ORIGIN));
    }

    private static SensorReading accepted(List<Decoded> decoded) {
        assertThat(decoded).singleElement().isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded.get(0)).reading();
    }

    private static String refused(PayloadDecoder decoder, String payload) {
        List<Decoded> decoded = decoder.decode(bytes(payload), ORIGIN);
        assertThat(decoded).singleElement().isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused) decoded.get(0)).message();
    }
}
