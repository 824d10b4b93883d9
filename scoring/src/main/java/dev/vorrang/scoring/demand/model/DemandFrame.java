package dev.vorrang.scoring.demand.model;

import dev.vorrang.scoring.model.CardCheck;

/**
 * How demand is counted, and how far it is forecast.
 *
 * @param period how periods count
 * @param season periods after which demand tends to repeat itself; 1 if it does not
 * @param longSeason periods of a longer season, a multiple of {@code season}; 0 if there is none
 * @param context periods that a forecast looks back at most, 1 or more
 * @param horizon periods that are forecast, 1 or more
 */
public record DemandFrame(DemandPeriod period, int season, int longSeason, int context, int horizon) {

    /** Seasons, context and horizon are at most this. */
    public static final int MAX_PERIODS = 10_000;

    private static final int MIN_CONTEXT = 64;

    public DemandFrame {
        CardCheck.present("period", period);
        between("season", season, 1);
        between("longSeason", longSeason, 0);
        CardCheck.that(
                longSeason == 0 || longSeason > season && longSeason % season == 0,
                "longSeason",
                longSeason,
                "0, or a multiple of the season " + season);
        between("context", context, 1);
        between("horizon", horizon, 1);
    }

    /** The usual seasons of a period. */
    public static DemandFrame of(DemandPeriod period, int horizon) {
        return of(period, period.season(), horizon);
    }

    /** With the context that these seasons need: four of the season, and two of the longer one. */
    public static DemandFrame of(DemandPeriod period, int season, int horizon) {
        int longSeason = longSeason(period, season);
        int context = Math.max(MIN_CONTEXT, Math.max(4 * season, 2 * longSeason + season));
        return new DemandFrame(period, season, longSeason, Math.min(MAX_PERIODS, context), horizon);
    }

    /** The frame of a trained model. */
    public static DemandFrame of(DemandCard.Frame frame) {
        var period = DemandPeriod.of(frame.period())
                .orElseThrow(() -> new IllegalArgumentException(
                        "field 'frame.period' is '" + frame.period() + "', allowed: hour, day, week, step"));
        return new DemandFrame(period, frame.season(), frame.longSeason(), frame.context(), frame.horizon());
    }

    /** The same with another horizon. */
    public DemandFrame withHorizon(int other) {
        return new DemandFrame(period, season, longSeason, context, other);
    }

    /** That of the calendar, and for steps with the season of hours or days that of these. */
    private static int longSeason(DemandPeriod period, int season) {
        if (period.hasCalendar()) {
            return season == period.season() ? period.longSeason() : 0;
        }
        for (DemandPeriod other : DemandPeriod.values()) {
            if (other.hasCalendar() && other.season() == season) {
                return other.longSeason();
            }
        }
        return 0;
    }

    private static void between(String field, int value, int least) {
        CardCheck.that(value >= least && value <= MAX_PERIODS, field, value, least + " to " + MAX_PERIODS);
    }
}
