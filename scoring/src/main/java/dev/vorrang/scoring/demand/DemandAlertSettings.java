package dev.vorrang.scoring.demand;

/**
 * When alerts about demand are raised and cleared.
 *
 * @param surgeTimes a surge lies so many times as far above the median as the interval of 80 % reaches, above 1
 * @param drift by how much scores must lie on one side, period after period, to count towards a shift of the level; in standard
 *     deviations, above 0
 * @param shift sum of such scores at which a shift is raised, above 0 (Page 1954, "Continuous inspection schemes")
 * @param stopPeriods periods without anything after which demand may have stopped, 1 or more
 * @param calm so many closed periods in a row must lie within the interval for a surge to be cleared, 1 or more
 * @param update so many closed periods lie at least between two reports of an open alert that has grown, 1 or more
 */
public record DemandAlertSettings(
        double surgeTimes, double drift, double shift, int stopPeriods, int calm, int update) {

    public DemandAlertSettings {
        check("surgeTimes", surgeTimes, surgeTimes > 1 && surgeTimes <= 1_000, "above 1, at most 1000");
        check("drift", drift, drift > 0 && drift <= 10, "above 0, at most 10");
        check("shift", shift, shift > 0 && shift <= 1_000, "above 0, at most 1000");
        check("stopPeriods", stopPeriods, stopPeriods >= 1, "1 or more");
        check("calm", calm, calm >= 1, "1 or more");
        check("update", update, update >= 1, "1 or more");
    }

    /** Surges at 2.5 times the interval, a shift at a sum of 6 with a drift of 0.5, a stop after 3 periods, calm after 2. */
    public static DemandAlertSettings defaults() {
        return new DemandAlertSettings(2.5, 0.5, 6, 3, 2, 7);
    }

    private static void check(String name, double value, boolean holds, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + value + ": allowed is " + allowed);
        }
    }
}
