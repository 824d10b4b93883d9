package dev.vorrang.scoring.demand.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DemandPeriodTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void shouldFindThePeriodOnTheItemsClock() {
        var moment = Instant.parse("2026-01-04T23:30:00Z");

        assertThat(DemandPeriod.HOUR.startOf(moment, BERLIN)).isEqualTo("2026-01-05T00:00");
        assertThat(DemandPeriod.DAY.startOf(moment, BERLIN)).isEqualTo("2026-01-05T00:00");
        assertThat(DemandPeriod.WEEK.startOf(moment, BERLIN)).isEqualTo("2026-01-05T00:00");
        assertThat(DemandPeriod.WEEK.startOf(moment, ZoneId.of("UTC"))).isEqualTo("2025-12-29T00:00");
    }

    @Test
    void shouldCountTheHourThatOccursTwiceOnce() {
        var first = Instant.parse("2026-10-25T00:30:00Z");
        var second = Instant.parse("2026-10-25T01:30:00Z");
        var start = LocalDateTime.parse("2026-10-25T02:00");

        assertThat(DemandPeriod.HOUR.startOf(first, BERLIN)).isEqualTo(start);
        assertThat(DemandPeriod.HOUR.startOf(second, BERLIN)).isEqualTo(start);
        assertThat(DemandPeriod.HOUR.instantOf(start, BERLIN)).isEqualTo("2026-10-25T00:00:00Z");
        assertThat(DemandPeriod.HOUR.instantOf(DemandPeriod.HOUR.next(start), BERLIN))
                .isEqualTo("2026-10-25T02:00:00Z");
    }

    @Test
    void shouldGiveTheSkippedHourNoLength() {
        var skipped = LocalDateTime.parse("2026-03-29T02:00");

        assertThat(DemandPeriod.HOUR.instantOf(skipped, BERLIN)).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(DemandPeriod.HOUR.instantOf(DemandPeriod.HOUR.next(skipped), BERLIN))
                .isEqualTo("2026-03-29T01:00:00Z");
        assertThat(DemandPeriod.HOUR.instantOf(DemandPeriod.HOUR.previous(skipped), BERLIN))
                .isEqualTo("2026-03-29T00:00:00Z");
    }

    @Test
    void shouldCountPeriods() {
        var start = LocalDateTime.parse("2026-03-28T00:00");

        assertThat(DemandPeriod.DAY.plus(start, 2)).isEqualTo("2026-03-30T00:00");
        assertThat(DemandPeriod.DAY.between(start, LocalDateTime.parse("2026-03-30T00:00")))
                .isEqualTo(2);
        assertThat(DemandPeriod.HOUR.between(LocalDateTime.parse("2026-03-30T00:00"), start))
                .isEqualTo(-48);
        assertThatThrownBy(() -> DemandPeriod.STEP.next(start))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("numbers");
    }

    @Test
    void shouldReadPeriods() {
        assertThat(DemandPeriod.of("1d")).contains(DemandPeriod.DAY);
        assertThat(DemandPeriod.of("1W")).contains(DemandPeriod.WEEK);
        assertThat(DemandPeriod.of("1h")).contains(DemandPeriod.HOUR);
        assertThat(DemandPeriod.of("30")).contains(DemandPeriod.STEP);
        assertThat(DemandPeriod.of("0")).isEmpty();
        assertThat(DemandPeriod.of("1month")).isEmpty();
    }

    @Test
    void shouldKnowTheSeasonsOfACalendar() {
        assertThat(DemandFrame.of(DemandPeriod.HOUR, 48))
                .isEqualTo(new DemandFrame(DemandPeriod.HOUR, 24, 168, 360, 48));
        assertThat(DemandFrame.of(DemandPeriod.STEP, 24, 48).longSeason()).isEqualTo(168);
        assertThat(DemandFrame.of(DemandPeriod.STEP, 12, 12).longSeason()).isZero();
        assertThatThrownBy(() -> new DemandFrame(DemandPeriod.DAY, 7, 365, 400, 1))
                .hasMessage("field 'longSeason' is '365', allowed: 0, or a multiple of the season 7");
    }
}
