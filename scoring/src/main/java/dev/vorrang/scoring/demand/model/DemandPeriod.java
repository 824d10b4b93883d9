package dev.vorrang.scoring.demand.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/**
 * How the periods of demand count. Hours, days and weeks are those of the item's clock: a period is named by its first moment as
 * that clock shows it. The hour that the clock shows twice in autumn is one period with the demand of both; the hour that it skips in
 * spring is a period of no length.
 */
public enum DemandPeriod {
    HOUR(ChronoUnit.HOURS, 24, 168),
    DAY(ChronoUnit.DAYS, 7, 364),
    /** Begins on Monday, as in ISO 8601. */
    WEEK(ChronoUnit.WEEKS, 52, 0),
    /** Counted, without a calendar: months, shifts, or periods that only have a number. */
    STEP(null, 1, 0);

    private final ChronoUnit unit;
    private final int season;
    private final int longSeason;

    DemandPeriod(ChronoUnit unit, int season, int longSeason) {
        this.unit = unit;
        this.season = season;
        this.longSeason = longSeason;
    }

    /**
     * Reads {@code 1h}, {@code 1d}, {@code 1w} or the name of a period, in any case; a whole number above 0 means {@link #STEP}.
     *
     * @return empty if it is none of them
     */
    public static Optional<DemandPeriod> of(String text) {
        return Optional.ofNullable(
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "1h", "hour" -> HOUR;
                    case "1d", "day" -> DAY;
                    case "1w", "week" -> WEEK;
                    case "step" -> STEP;
                    default -> text.strip().matches("[1-9]\\d{0,8}") ? STEP : null;
                });
    }

    /** Whether its periods are dates. */
    public boolean hasCalendar() {
        return unit != null;
    }

    /** Periods after which demand tends to repeat itself: a day of hours, a week of days, a year of weeks; 1 for steps. */
    public int season() {
        return season;
    }

    /** Periods of the longer season beside it: a week of hours, 52 weeks of days; 0 if there is none. */
    public int longSeason() {
        return longSeason;
    }

    /**
     * The period that a moment is in.
     *
     * @param zone of the item's clock
     * @return its start
     * @throws IllegalStateException for {@link #STEP}
     */
    public LocalDateTime startOf(Instant moment, ZoneId zone) {
        return startOf(LocalDateTime.ofInstant(moment, zone));
    }

    /**
     * The period that a time is in.
     *
     * @return its start
     * @throws IllegalStateException for {@link #STEP}
     */
    public LocalDateTime startOf(LocalDateTime time) {
        return switch (this) {
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case DAY -> time.truncatedTo(ChronoUnit.DAYS);
            case WEEK -> time.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case STEP -> throw noCalendar();
        };
    }

    /**
     * The moment at which a period begins: that of the first of two equal hours, and for an hour that is skipped the moment of the
     * change. A period ends where the {@link #next} begins.
     *
     * @param start of the period
     * @throws IllegalStateException for {@link #STEP}
     */
    public Instant instantOf(LocalDateTime start, ZoneId zone) {
        if (unit == null) {
            throw noCalendar();
        }
        var transition = zone.getRules().getTransition(start);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : start.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /** @throws IllegalStateException for {@link #STEP} */
    public LocalDateTime next(LocalDateTime start) {
        return plus(start, 1);
    }

    /** @throws IllegalStateException for {@link #STEP} */
    public LocalDateTime previous(LocalDateTime start) {
        return plus(start, -1);
    }

    /**
     * @param periods may be negative
     * @throws IllegalStateException for {@link #STEP}
     */
    public LocalDateTime plus(LocalDateTime start, long periods) {
        if (unit == null) {
            throw noCalendar();
        }
        return start.plus(periods, unit);
    }

    /**
     * How many periods one start is after another; negative if before.
     *
     * @throws IllegalStateException for {@link #STEP}
     */
    public long between(LocalDateTime start, LocalDateTime later) {
        if (unit == null) {
            throw noCalendar();
        }
        return unit.between(start, later);
    }

    private static IllegalStateException noCalendar() {
        return new IllegalStateException("steps have numbers, not dates");
    }
}
