package dev.vorrang.scoring.demand;

import static dev.vorrang.scoring.demand.StockSettings.check;

import java.time.Duration;
import java.util.Objects;

/**
 * How many people answer what comes in an hour: Erlang C (Erlang 1917; Gans, Koole and Mandelbaum 2003, "Telephone Call Centers:
 * Tutorial, Review, and Research Prospects", section 4), for arrivals by chance, exponential handling times, and nobody who gives up.
 *
 * @param handleTime mean time that one takes, 1 s to 1 day
 * @param goal share of those that come to be answered within {@code within}, above 0 and below 1
 * @param within how long one may wait, 0 or more
 * @param level level of the forecast's quantile that is planned for, above 0 and below 1; the nearest that the model gives
 */
public record Staffing(Duration handleTime, double goal, Duration within, double level) {

    private static final double HOUR = Duration.ofHours(1).toSeconds();
    /** More people than this are planned for by the load alone. */
    private static final int MAX_PEOPLE = 100_000;

    public Staffing {
        Objects.requireNonNull(handleTime, "handleTime");
        Objects.requireNonNull(within, "within");
        check(
                "handleTime in seconds",
                handleTime.toSeconds(),
                handleTime.toSeconds() >= 1 && handleTime.compareTo(Duration.ofDays(1)) <= 0,
                "1 to 86400");
        check("goal", goal, goal > 0 && goal < 1, "above 0, below 1");
        check("within in seconds", within.toSeconds(), !within.isNegative(), "0 or more");
        check("level", level, level > 0 && level < 1, "above 0, below 1");
    }

    /**
     * The fewest people that reach the goal.
     *
     * @param arrivals in the hour, 0 or more
     */
    public int people(double arrivals) {
        double load = arrivals * handleTime.toSeconds() / HOUR;
        if (!(load > 0)) {
            return 0;
        }
        if (load >= MAX_PEOPLE) {
            return (int) Math.min(Integer.MAX_VALUE, Math.ceil(load));
        }
        // Erlang B by its recursion, which neither overflows nor cancels, then C from B.
        double blocked = 1;
        for (int people = 1; people <= 2 * MAX_PEOPLE; people++) {
            blocked = load * blocked / (people + load * blocked);
            if (people > load && answered(people, load, blocked) >= goal) {
                return people;
            }
        }
        return 2 * MAX_PEOPLE;
    }

    /** Share that waits no longer than allowed. */
    private double answered(int people, double load, double blocked) {
        double waits = people * blocked / (people - load * (1 - blocked));
        return 1 - waits * Math.exp(-(people - load) * within.toSeconds() / handleTime.toSeconds());
    }
}
