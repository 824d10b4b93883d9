package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Priority;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Hours in which people are left alone, by the clock on their wall: on the days on which clocks are set, the hours are one longer or
 * shorter.
 *
 * @param from when they begin
 * @param to when they end, on the next day if that is not after {@code from}; the same as {@code from} for whole days
 * @param zone of the clock
 * @param days on which they begin, one or more
 * @param then what happens with what falls into them
 * @param except severity from which they do not count; empty if they always do
 */
public record QuietHours(
        LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days, Then then, Optional<Priority> except) {

    /** What happens with what falls into quiet hours. */
    public enum Then {
        /** It is told of in one message when they end. */
        HOLD,
        /** Nothing. */
        SKIP
    }

    public QuietHours {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(zone, "zone");
        days = Set.copyOf(days);
        Objects.requireNonNull(then, "then");
    }

    /** Whether something of a severity has to wait at a time. */
    public boolean quiets(Priority severity, Instant time) {
        return except.filter(least -> severity.compareTo(least) >= 0).isEmpty() && contains(time);
    }

    private boolean contains(Instant time) {
        LocalDate today = time.atZone(zone).toLocalDate();
        return isWithin(today, time) || isWithin(today.minusDays(1), time);
    }

    /** Where a local time is there twice, they begin with the first and end with the second. */
    private boolean isWithin(LocalDate begins, Instant time) {
        if (!days.contains(begins.getDayOfWeek())) {
            return false;
        }
        LocalDate ends = to.isAfter(from) ? begins : begins.plusDays(1);
        Instant begin = begins.atTime(from).atZone(zone).toInstant();
        Instant end = ends.atTime(to).atZone(zone).withLaterOffsetAtOverlap().toInstant();
        return !time.isBefore(begin) && time.isBefore(end);
    }
}
