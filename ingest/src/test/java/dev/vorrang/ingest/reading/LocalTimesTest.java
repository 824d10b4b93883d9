package dev.vorrang.ingest.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.SensorReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local times around the changes of the clock in Berlin: 2025-10-26 at 01:00 and 2026-03-29 at 01:00 UTC. */
class LocalTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant AUTUMN = Instant.parse("2025-10-26T01:00:00Z");
    private static final Instant LATER = Instant.parse("2026-06-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60, 900, 1_800, 3_600})
    void shouldFindTheSecondHourByTheSequence(int seconds) throws BadPayloadException {
        var times = LocalTimes.ofFile();
        for (Instant time = AUTUMN.minusSeconds(14_400);
                time.isBefore(AUTUMN.plusSeconds(10_800));
                time = time.plusSeconds(seconds)) {
            assertThat(resolve(times, local(time), "p", LATER))
                    .isEqualTo(new LocalTimes.Resolved(time, Optional.empty()));
        }
    }

    @Test
    void shouldFindItForEachMachineAndInTimesThatGoBackwards() throws BadPayloadException {
        var times = LocalTimes.ofFile();
        for (int minute = -90; minute < 90; minute++) {
            Instant forward = AUTUMN.plusSeconds(60L * minute);
            Instant backward = AUTUMN.minusSeconds(60L * minute);
            assertThat(resolve(times, local(forward), "forward", LATER).instant())
                    .isEqualTo(forward);
            assertThat(resolve(times, local(backward), "backward", LATER).instant())
                    .isEqualTo(backward);
        }
    }

    @Test
    void shouldFindItAfterASilenceAndWithTimesThatOvertakeEachOther() throws BadPayloadException {
        var times = LocalTimes.ofFile();
        List<String> expected = List.of(
                "2025-10-25T18:00:00Z",
                "2025-10-25T18:00:10Z",
                "2025-10-25T23:59:50Z",
                "2025-10-26T00:00:00Z",
                "2025-10-26T00:10:05Z",
                "2025-10-26T00:10:03Z",
                "2025-10-26T00:59:50Z",
                "2025-10-26T01:00:00Z");
        for (String each : expected) {
            Instant time = Instant.parse(each);
            assertThat(resolve(times, local(time), "p", LATER).instant()).isEqualTo(time);
        }
    }

    @Test
    void shouldSayWhatCannotBeToldAndWhatDoesNotExist() throws BadPayloadException {
        var times = LocalTimes.ofFile();
        assertThat(resolve(times, "2025-10-26 02:30:00", "p", LATER))
                .isEqualTo(
                        new LocalTimes.Resolved(Instant.parse("2025-10-26T00:30:00Z"), Optional.of("ambiguous_time")));
        assertThat(resolve(times, "2026-03-29 02:30:00", "p", LATER))
                .isEqualTo(new LocalTimes.Resolved(
                        Instant.parse("2026-03-29T01:30:00Z"), Optional.of("nonexistent_time")));
    }

    @Test
    void shouldTellItByTheTimeOfReceiptWhereASourceSendsAsItMeasures() throws BadPayloadException {
        for (Duration delay : List.of(Duration.ZERO, Duration.ofMinutes(20))) {
            for (int minute : List.of(-50, -10, 10, 50)) {
                Instant time = AUTUMN.plusSeconds(60L * minute);
                assertThat(resolve(LocalTimes.live(), local(time), "p", time.plus(delay)))
                        .isEqualTo(new LocalTimes.Resolved(time, Optional.empty()));
            }
        }
        assertThat(resolve(LocalTimes.live(), "2025-10-26 02:30:00", "p", LATER).flag())
                .contains("ambiguous_time");
    }

    @Test
    void shouldReadPayloadsOfAllKindsSo() {
        var json = new JsonReadingDecoder(new JsonReadingDecoder.Fields(
                com.fasterxml.jackson.core.JsonPointer.empty(),
                Optional.empty(),
                Optional.of(com.fasterxml.jackson.core.JsonPointer.compile("/t")),
                com.fasterxml.jackson.core.JsonPointer.empty(),
                BERLIN));
        var csv = new CsvReadingDecoder(
                new CsvReadingDecoder.Columns(Optional.empty(), Optional.of("t"), Set.of(), BERLIN));
        var jsonTimes = new ArrayList<Instant>();
        var csvTimes = new ArrayList<Instant>();
        var expected = new ArrayList<Instant>();
        for (int minute = -60; minute < 60; minute++) {
            Instant time = AUTUMN.plusSeconds(60L * minute);
            expected.add(time);
            var origin = new Origin("mqtt://broker/plant", Optional.of("p"), Optional.empty(), time.plusSeconds(1));
            jsonTimes.add(time(json.decode(bytes("{\"t\":\"" + local(time) + "\",\"v\":1}"), origin)));
            csvTimes.add(time(csv.decode(bytes("t,v\n" + local(time) + ",1\n"), origin)));
        }
        assertThat(jsonTimes).isEqualTo(expected);
        assertThat(csvTimes).isEqualTo(expected);
    }

    private static Instant time(List<Decoded> decoded) {
        SensorReading reading = ((Decoded.Accepted) decoded.get(0)).reading();
        return reading.getTime();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String local(Instant time) {
        return LocalDateTime.ofInstant(time, BERLIN).toString();
    }

    private static LocalTimes.Resolved resolve(LocalTimes times, String text, String machine, Instant receivedAt)
            throws BadPayloadException {
        return times.resolve(ReadingTime.written(text), BERLIN, machine, receivedAt);
    }
}
