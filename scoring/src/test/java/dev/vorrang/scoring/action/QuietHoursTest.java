package dev.vorrang.scoring.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.action.QuietHours.Then;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    private static final Set<DayOfWeek> ALL = EnumSet.allOf(DayOfWeek.class);

    private static boolean quiet(String from, String to, Set<DayOfWeek> days, String time) {
        return new QuietHours(
                        LocalTime.parse(from),
                        LocalTime.parse(to),
                        ZoneId.of("Europe/Berlin"),
                        days,
                        Then.HOLD,
                        Optional.of(Priority.URGENT))
                .quiets(Priority.HIGH, Instant.parse(time));
    }

    @ParameterizedTest
    @CsvSource({
        // In winter Berlin is one hour ahead, in summer two.
        "22:00, 07:00, 2026-01-10T20:59:59Z, false",
        "22:00, 07:00, 2026-01-10T21:00:00Z, true",
        "22:00, 07:00, 2026-01-11T05:59:59Z, true",
        "22:00, 07:00, 2026-01-11T06:00:00Z, false",
        "22:00, 07:00, 2026-07-10T19:59:59Z, false",
        "22:00, 07:00, 2026-07-10T20:00:00Z, true",
        // The night with an hour less: 02:00 to 03:00 is not there.
        "22:00, 07:00, 2026-03-29T04:59:59Z, true",
        "22:00, 07:00, 2026-03-29T05:00:00Z, false",
        "22:00, 02:30, 2026-03-29T01:29:59Z, true",
        "22:00, 02:30, 2026-03-29T01:30:00Z, false",
        // The night in which 02:00 to 03:00 is there twice: from the first to the second.
        "22:00, 02:30, 2026-10-25T00:45:00Z, true",
        "22:00, 02:30, 2026-10-25T01:29:59Z, true",
        "22:00, 02:30, 2026-10-25T01:30:00Z, false",
        "02:30, 06:00, 2026-10-25T00:30:00Z, true",
        "12:00, 13:00, 2026-01-10T11:30:00Z, true",
        "12:00, 13:00, 2026-01-10T12:00:00Z, false",
    })
    void shouldFollowTheClockOnTheWall(String from, String to, String time, boolean expected) {
        assertThat(quiet(from, to, ALL, time)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-09T23:00:00Z, true", // Saturday, 00:00
        "2026-01-11T22:59:59Z, true", // Sunday, 23:59:59
        "2026-01-11T23:00:00Z, false", // Monday
        "2026-01-09T22:59:59Z, false", // Friday
    })
    void shouldTakeWholeDays(String time, boolean expected) {
        assertThat(quiet("00:00", "00:00", EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), time))
                .isEqualTo(expected);
    }
}
