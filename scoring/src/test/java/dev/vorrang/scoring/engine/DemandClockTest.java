package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.scoring.demand.DemandCalendar;
import dev.vorrang.scoring.demand.DemandSettings;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Periods by the clock and the calendar: closing days, days of 23 and 25 hours, quiet partitions. */
class DemandClockTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final DemandSettings DAYS = DemandSettings.of(DemandPeriod.DAY, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private DemandFlow flow(DemandSettings settings) {
        return new DemandFlow(folder, NOW, settings);
    }

    private static List<Float> observed(DemandForecast forecast) {
        return forecast.getObserved();
    }

    @Test
    void shouldTakeClosingDaysAsUnknownAndExpectNothingOfThem() {
        var settings = DAYS.withCalendar(new DemandCalendar(
                DemandPeriod.DAY,
                ZoneOffset.UTC,
                Set.of(DayOfWeek.SUNDAY),
                Set.of(LocalDate.parse("2026-02-09")),
                false));
        try (var flow = flow(settings)) {
            flow.line("lamp", "2026-02-07T08:00:00Z", 2);
            flow.line("lamp", "2026-02-10T08:00:00Z", 4);

            var forecasts = flow.forecasts();
            assertThat(forecasts.get(2).getObserved()).containsExactly(2.0f, null, null);
            assertThat(forecasts.get(0).getSteps())
                    .extracting(step -> step.getClosed())
                    .containsExactly(true, true, false);
        }
    }

    @Test
    void shouldTakeADayOnWhichNothingCameOfAnyItemAsClosedWhereUsuallyMuchDoes() {
        var settings =
                DAYS.withCalendar(new DemandCalendar(DemandPeriod.DAY, ZoneOffset.UTC, Set.of(), Set.of(), true));
        try (var flow = flow(settings)) {
            flow.line("lamp", "2026-01-31T08:00:00Z", 1);
            for (int i = 0; i < 400; i++) {
                flow.line("desk", "2026-02-02T08:00:00Z", 1);
            }
            flow.line("lamp", "2026-02-03T08:00:00Z", 1);
            flow.restart();
            flow.line("lamp", "2026-02-05T08:00:00Z", 1);

            assertThat(flow.forecasts())
                    .filteredOn(forecast -> forecast.getItem().equals("lamp"))
                    .last()
                    .extracting(DemandClockTest::observed)
                    .isEqualTo(Arrays.asList(1f, 0f, 0f, 1f, null));
        }
    }

    @Test
    void shouldCountADayOf23HoursAndOneOf25ByTheClockOfTheZone() {
        var berlin = DemandSettings.of(DemandPeriod.DAY, ZoneId.of("Europe/Berlin"));
        try (var flow = flow(berlin)) {
            flow.line("lamp", "2025-03-29T22:59:59Z", 1);
            flow.line("lamp", "2025-03-29T23:00:00Z", 2);
            flow.line("lamp", "2025-03-30T21:59:59Z", 3);
            flow.line("lamp", "2025-03-30T22:00:00Z", 4);
            var spring = flow.forecasts();
            assertThat(spring.get(1).getObserved()).containsExactly(1.0f, 5.0f);
            assertThat(spring.get(1).getOrigin()).isEqualTo("2025-03-30T22:00:00Z");
        }
        try (var flow = new DemandFlow(folder, NOW, DemandSettings.of(DemandPeriod.HOUR, ZoneId.of("Europe/Berlin")))) {
            flow.line("calls", "2025-10-26T00:30:00Z", 1);
            flow.line("calls", "2025-10-26T01:30:00Z", 2);
            flow.line("calls", "2025-10-26T02:30:00Z", 4);
            var autumn = flow.forecasts();
            assertThat(autumn).extracting(DemandClockTest::observed).containsExactly(List.of(3.0f));
            assertThat(autumn.get(0).getOrigin()).isEqualTo("2025-10-26T02:00:00Z");
        }
        try (var flow = new DemandFlow(folder, NOW, DemandSettings.of(DemandPeriod.HOUR, ZoneId.of("Europe/Berlin")))) {
            flow.line("calls", "2025-03-30T00:30:00Z", 1);
            flow.line("calls", "2025-03-30T01:30:00Z", 2);
            flow.line("calls", "2025-03-30T02:30:00Z", 4);
            var spring = flow.forecasts();
            assertThat(spring.get(spring.size() - 1).getObserved()).containsExactly(1.0f, null, 2.0f);
        }
    }

    @Test
    void shouldCloseThePeriodsOfAQuietPartitionByTheClock() {
        try (var flow = new DemandFlow(
                folder,
                NOW,
                DemandSettings.of(DemandPeriod.HOUR, ZoneOffset.UTC).withGrace(Duration.ofMinutes(5)))) {
            flow.line("calls", "2026-03-01T11:59:30Z", 3);

            flow.pass(Duration.ofMinutes(4));
            assertThat(flow.forecasts()).isEmpty();
            flow.pass(Duration.ofMinutes(2));

            assertThat(flow.forecasts()).extracting(DemandClockTest::observed).containsExactly(List.of(3.0f));
            flow.pass(Duration.ofHours(1));
            assertThat(flow.forecasts()).extracting(DemandClockTest::observed).containsExactly(List.of(3.0f, 0.0f));
        }
    }

    @Test
    void shouldNotCloseTheYearsSinceAnOldFileByTheClock() {
        try (var flow = flow(DemandSettings.of(DemandPeriod.HOUR, ZoneOffset.UTC))) {
            flow.line("calls", "2011-03-01T11:59:30Z", 3);

            flow.pass(Duration.ofHours(2));

            assertThat(flow.forecasts()).isEmpty();
        }
    }
}
