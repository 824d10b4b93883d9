package dev.vorrang.app.streams.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DemandStreamSettingsTest {

    private static DemandStreamSettings with(String key, Object value) {
        return DemandStreamSettings.SECTION.with(key, value);
    }

    @Test
    void shouldForecastTwoWeeksOfDaysByDefault() {
        var settings = DemandStreamSettings.SECTION.defaults();

        assertThat(settings.frame()).isEqualTo(DemandFrame.of(DemandPeriod.DAY, 14));
        assertThat(settings.rules().calendar().zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(settings.rules().calendar().closedIfEmpty()).isTrue();
        assertThat(settings.rules().grace()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.rules().staffing()).isEmpty();
    }

    @Test
    void shouldTakePeriodSeasonAndHorizon() {
        var hours = with("period", "hour");

        assertThat(hours.frame()).isEqualTo(DemandFrame.of(DemandPeriod.HOUR, 14));
        assertThat(hours.rules().calendar().closedIfEmpty()).isFalse();
        assertThat(with("season", 5).frame().season()).isEqualTo(5);
        assertThat(with("horizon", 3).frame().horizon()).isEqualTo(3);
    }

    @Test
    void shouldTakeZoneAndClosingDays() {
        assertThat(with("zone", "Europe/Berlin").rules().calendar().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(with("closed-days[0]", "sunday").rules().calendar().closedDays())
                .containsExactly(DayOfWeek.SUNDAY);
        assertThatThrownBy(() -> with("zone", "Berlin"))
                .hasMessageContaining("streams.demand.zone")
                .hasMessageContaining("allowed is a time zone, such as Europe/Berlin");
        assertThatThrownBy(() -> with("closed-dates[0]", "25.12.2026"))
                .hasMessageContaining("allowed is a date, such as 2026-12-25");
    }

    @Test
    void shouldRefusePeopleForDays() {
        assertThatThrownBy(() -> with("staffing.handle-time", "6m"))
                .hasMessageContaining("staffing with period DAY: allowed is HOUR");
    }
}
