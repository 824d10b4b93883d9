package dev.vorrang.scoring.demand;

import dev.vorrang.scoring.demand.model.DemandPeriod;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;

/**
 * Numbers the periods of demand, so that series are arrays. Hours, days and weeks are those that the clock of the zone shows, counted
 * from 1970; for {@link DemandPeriod#STEP} the seconds since 1970 are the number. Immutable.
 *
 * @param period how long one is
 * @param zone of the clock
 * @param closedDays days of the week without business: of hours and days alone
 * @param closedDates dates without business, likewise
 * @param closedIfEmpty whether a period was closed in which nothing came of any item, where usually much does
 */
public record DemandCalendar(
        DemandPeriod period,
        ZoneId zone,
        Set<DayOfWeek> closedDays,
        Set<LocalDate> closedDates,
        boolean closedIfEmpty) {

    /** A Monday, so that weeks can be counted from it. */
    private static final LocalDateTime WEEKS_FROM = LocalDateTime.of(1969, 12, 29, 0, 0);

    private static final LocalDateTime FROM = LocalDateTime.of(1970, 1, 1, 0, 0);

    public DemandCalendar {
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(zone, "zone");
        closedDays = Set.copyOf(closedDays);
        closedDates = Set.copyOf(closedDates);
        if (closedDays.size() == DayOfWeek.values().length) {
            throw new IllegalArgumentException("closedDays " + closedDays + ": allowed are at most 6 days");
        }
    }

    /** Without days that are closed. */
    public static DemandCalendar of(DemandPeriod period, ZoneId zone) {
        return new DemandCalendar(period, zone, Set.of(), Set.of(), false);
    }

    /** Number of the period that a moment is in. */
    public long index(Instant moment) {
        return period.hasCalendar() ? period.between(from(), period.startOf(moment, zone)) : moment.getEpochSecond();
    }

    /** When a period begins; it ends where the next begins. */
    public Instant start(long index) {
        return period.hasCalendar() ? period.instantOf(clock(index), zone) : Instant.ofEpochSecond(index);
    }

    /** What the clock shows when a period begins; null for steps, which have no clock. */
    public LocalDateTime local(long index) {
        return period.hasCalendar() ? clock(index) : null;
    }

    private LocalDateTime clock(long index) {
        return period.plus(from(), index);
    }

    private LocalDateTime from() {
        return period == DemandPeriod.WEEK ? WEEKS_FROM : FROM;
    }

    /** Whether there is no business in a period: nothing ordered in it means nothing. The hour that is skipped in spring is one. */
    public boolean closed(long index) {
        if (period != DemandPeriod.HOUR && period != DemandPeriod.DAY) {
            return false;
        }
        LocalDate date = clock(index).toLocalDate();
        return closedDays.contains(date.getDayOfWeek())
                || closedDates.contains(date)
                || period == DemandPeriod.HOUR && start(index).equals(start(index + 1));
    }
}
