package dev.vorrang.ingest.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
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
            new JsonReadingDecoder(JsonReadingDecoder.Fields.of(Optional.empty(), Optional.of("/ts"), ""));

    @Test
    void shouldTakeMachineAndTimeFromTheOriginWhereThePayloadDoesNotTell() {
        SensorReading reading = accepted(new SingleValueDecoder(), " 21.5\n");

        assertThat(reading.getMachine()).isEqualTo("pump-3");
        assertThat(reading.getTime()).isEqualTo(NOW);
        assertThat(reading.getValues()).isEqualTo(Map.of("heat", 21.5));
        assertThat(reading.getId()).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "0x10", "1,5", "1f", "1e999", "1 2", "on"})
    void shouldRefuseWhatIsNoNumber(String payload) {
        assertThat(refused(new SingleValueDecoder(), payload)).contains("allowed is a");
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
        "2024-01-01T11:00:00+0100, 2024-01-01T10:00:00Z",
        "2024-01-01T10:00:00+0000, 2024-01-01T10:00:00Z",
        "2024-01-01 11:00:00 +01, 2024-01-01T10:00:00Z",
        "2024-01-01t10:00:00z, 2024-01-01T10:00:00Z",
        "'2024-01-01T10:00:00,25Z', 2024-01-01T10:00:00.250Z",
        "2024-01-01T10:00:00.123456789123Z, 2024-01-01T10:00:00.123456789Z",
        "20240101T100000Z, 2024-01-01T10:00:00Z",
        "2024-W01-1T10:00Z, 2024-01-01T10:00:00Z",
        "2024-001T10:00:00Z, 2024-01-01T10:00:00Z",
        "2024-01-01T24:00:00Z, 2024-01-02T00:00:00Z",
        "2024-01-01, 2023-12-31T23:00:00Z",
        "01.01.2024 11:00:00, 2024-01-01T10:00:00Z",
        "2024-01-01T11:00:00+01:00[Europe/Berlin], 2024-01-01T10:00:00Z",
    })
    void shouldUnderstandTimes(String text, String expected) throws BadPayloadException {
        assertThat(ReadingTime.of(text, ZoneId.of("Europe/Berlin"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2024-13-01T00:00:00Z", "2024-02-30", "2024-01-01T25:00:00Z", "10:00:00", ""})
    void shouldRefuseWhatIsNoTime(String text) {
        assertThatThrownBy(() -> ReadingTime.parse(text, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed are ISO 8601");
    }

    @Test
    void shouldReadABatchOfReadingsAndRefuseTheBadOneAlone() {
        String payload =
                "[{\"ts\":1704103200000,\"heat\":1},{\"ts\":\"never\",\"heat\":2},{\"ts\":1704103201000,\"heat\":3}]";
        List<Decoded> decoded = WHOLE.decode(bytes(payload), ORIGIN);

        assertThat(decoded).hasSize(3);
        assertThat(accepted(decoded.subList(0, 1)).getValues()).isEqualTo(Map.of("heat", 1.0));
        assertThat(accepted(decoded.subList(2, 3)).getSource()).isEqualTo(ORIGIN.source() + "#/2");
        assertThat((Decoded.Refused) decoded.get(1)).satisfies(refused -> {
            assertThat(refused.message()).startsWith("reading 1 of the array: time 'never'");
            assertThat(new String(refused.payload(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"ts\":\"never\",\"heat\":2}");
        });
        assertThat(accepted(WHOLE.decode(bytes(payload), ORIGIN).subList(2, 3)).getId())
                .as("again, with the same id")
                .isEqualTo(accepted(decoded.subList(2, 3)).getId());
    }

    @Test
    void shouldReadABatchUnderAPointerWithMachineAndTimeAroundIt() {
        var batch = new JsonReadingDecoder(new JsonReadingDecoder.Fields(
                JsonPointer.compile("/data"),
                Optional.of(JsonPointer.compile("/id")),
                Optional.of(JsonPointer.compile("/ts")),
                JsonPointer.compile("/v"),
                ZoneId.of("UTC")));
        List<Decoded> decoded = batch.decode(
                bytes(
                        "{\"id\":\"press\",\"ts\":1704103200,\"data\":[{\"v\":{\"a\":1}},{\"id\":\"oven\",\"ts\":1704103201,\"v\":{\"a\":2}}]}"),
                ORIGIN);

        assertThat(decoded)
                .extracting(each -> ((Decoded.Accepted) each).reading())
                .extracting(reading -> reading.getMachine() + reading.getTime() + reading.getValues())
                .containsExactly("press2024-01-01T10:00:00Z{a=1.0}", "oven2024-01-01T10:00:01Z{a=2.0}");
        assertThat(refused(batch, "{\"id\":\"press\",\"data\":{}}")).contains("allowed is an array");
    }

    @Test
    void shouldMissNestedAndOtherValuesAndSaySo() {
        SensorReading reading = accepted(
                WHOLE,
                "{\"heat\":\"21.5\",\"oil\":{\"bar\":6},\"list\":[1],\"load\":\"21,5\",\"bad\":\"Bad\",\"on\":\"true\",\"ts\":1704103200}");
        assertThat(reading.getValues())
                .containsOnlyKeys("heat", "bad", "on")
                .containsEntry("heat", 21.5)
                .containsEntry("bad", null)
                .containsEntry("on", 1.0);
        assertThat(reading.getFlags())
                .containsExactly("not_a_number:oil", "not_a_number:list", "not_a_number:load", "not_a_number:bad");
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
        var columns = new CsvReadingDecoder.Columns(Optional.of("m"), Optional.empty(), Set.of("a"), ZoneId.of("UTC"));
        SensorReading reading = accepted(new CsvReadingDecoder(columns), "m,a,b\nx,1,2\n");

        assertThat(reading.getValues()).isEqualTo(Map.of("a", 1.0));
        assertThat(reading.getSource()).endsWith("#2");
        assertThat(refused(new CsvReadingDecoder(columns), "a,b\n1,2\n")).startsWith("column 'm': is missing");
    }

    @Property
    void shouldNeverThrow(@ForAll byte[] payload) {
        var columns = new CsvReadingDecoder.Columns(Optional.empty(), Optional.empty(), Set.of(), ZoneId.of("UTC"));
        for (PayloadDecoder decoder : List.of(WHOLE, new SingleValueDecoder(), new CsvReadingDecoder(columns))) {
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
