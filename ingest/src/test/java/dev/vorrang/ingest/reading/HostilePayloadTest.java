package dev.vorrang.ingest.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.ingest.Corpus;
import dev.vorrang.schemas.SensorReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Malformed and hostile JSON and CSV, with the outcome that is required of each. */
class HostilePayloadTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Origin ORIGIN =
            new Origin("mqtt://broker:1883/plant", Optional.empty(), Optional.empty(), NOW);
    private final PayloadDecoder json = new JsonReadingDecoder(
            JsonReadingDecoder.Fields.of(Optional.of("/device"), Optional.of("/ts"), "/metrics"));
    private final PayloadDecoder csv = new CsvReadingDecoder(
            new CsvReadingDecoder.Columns(Optional.of("device"), Optional.of("ts"), Set.of(), ZoneOffset.UTC));

    @Test
    void shouldTreatEveryJsonPayloadAsRequired() throws IOException {
        Path folder = Corpus.require("hostile/payloads");
        JsonNode expected =
                new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
        var wrong = new ArrayList<String>();
        int checked = 0;
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            if (entry.getKey().endsWith(".json")) {
                String outcome = entry.getValue().get("outcome").asText();
                List<Decoded> decoded = json.decode(Files.readAllBytes(folder.resolve(entry.getKey())), ORIGIN);
                checked++;
                if (decoded.size() != 1 || !fits(outcome, decoded.get(0))) {
                    wrong.add(entry.getKey() + ": required " + outcome + ", was " + decoded);
                }
            }
        }

        assertThat(checked).isEqualTo(36);
        assertThat(wrong).isEmpty();
    }

    private static boolean fits(String outcome, Decoded decoded) {
        return switch (outcome) {
            case "record" ->
                decoded instanceof Decoded.Accepted accepted
                        && accepted.reading().getFlags().isEmpty();
            case "record_clamped" ->
                decoded instanceof Decoded.Accepted accepted
                        && accepted.reading().getFlags().contains("time_clamped")
                        && !accepted.reading().getTime().isAfter(NOW.plusSeconds(86_400));
            case "dlq" -> decoded instanceof Decoded.Refused;
            case "record_or_dlq" -> true;
            default -> false;
        };
    }

    @Test
    void shouldTakeTheGoodRowsOfCsvAndRefuseTheBadOnesAlone() throws IOException {
        assertThat(outcomes("csv-ok.csv")).containsExactly("21.5");
        assertThat(outcomes("csv-cr.csv")).containsExactly("21.5");
        assertThat(outcomes("csv-semicolon.csv")).containsExactly("21.5");
        assertThat(outcomes("csv-formula.csv")).containsExactly("1.0");
        // -9999 may be a value; null is missing, not 0.
        assertThat(outcomes("csv-missing.csv")).containsExactly("null", "null", "-9999.0");
        assertThat(outcomes("csv-ragged.csv"))
                .containsExactly("row of 2 fields: the header has 3", "row of 4 fields: the header has 3");
        assertThat(outcomes("csv-openquote.csv")).containsExactly("row of 2 fields: the header has 3");
        assertThat(outcomes("csv-nul.csv"))
                .containsExactly(
                        "name of machine 'd�': allowed are 1 to 200 characters, no control characters among them");
        assertThat(outcomes("csv-dupheader.csv")).containsExactly("header 'ts,temp,temp': no column may stand twice");
        assertThat(outcomes("csv-10mbfield.csv"))
                .singleElement()
                .asString()
                .startsWith("name of machine 'AAAA")
                .hasSizeLessThan(300);
    }

    @Test
    void shouldTakeEqualRowsForReadingsOfTheirOwn() throws IOException {
        // A value that stands still, and a clock that does: the first is a reading each time, and neither is a row
        // twice.
        for (String file : List.of("csv-stale-flat.csv", "csv-stuck-ts.csv")) {
            List<Decoded> decoded = csv.decode(Files.readAllBytes(Corpus.require("hostile/payloads/" + file)), ORIGIN);
            assertThat(decoded).hasSizeGreaterThan(10).allMatch(Decoded.Accepted.class::isInstance);
            assertThat(readings(decoded).map(SensorReading::getId)).doesNotHaveDuplicates();
        }
    }

    private List<String> outcomes(String file) throws IOException {
        byte[] payload = Files.readAllBytes(Corpus.require("hostile/payloads/" + file));
        return csv.decode(payload, ORIGIN).stream()
                .map(decoded -> decoded instanceof Decoded.Accepted accepted
                        ? String.valueOf(accepted.reading().getValues().get("temp"))
                        : ((Decoded.Refused) decoded).message())
                .toList();
    }

    private static Stream<SensorReading> readings(List<Decoded> decoded) {
        return decoded.stream().map(each -> ((Decoded.Accepted) each).reading());
    }
}
