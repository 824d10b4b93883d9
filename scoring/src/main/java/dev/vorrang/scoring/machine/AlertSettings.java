package dev.vorrang.scoring.machine;

import java.util.OptionalDouble;
import java.util.Set;

/**
 * When alerts are raised and cleared.
 *
 * @param anomaly score from which a step counts as odd, above 0 and below 1; empty: as the model says
 * @param fault probability from which a step counts as faulty, above 0 to 1
 * @param normal conditions that are no fault, besides those that the model calls so; a model that knows none raises no alert
 * @param remainingLife expected remaining life below which a step counts, above 0, in the unit of the model
 * @param raise of the last {@code of} steps so many must count for an alert to be raised, 1 or more
 * @param of 1 to 64
 * @param lasting or so many steps in a row must come near being odd, 1 or more: as a machine that degrades slowly is
 * @param clear so many steps in a row must not come near counting for an alert to be cleared, 1 or more
 * @param update so many steps lie at least between two reports of an open alert that has grown, 1 or more
 */
public record AlertSettings(
        OptionalDouble anomaly,
        double fault,
        Set<String> normal,
        double remainingLife,
        int raise,
        int of,
        int lasting,
        int clear,
        int update) {

    public AlertSettings {
        anomaly.ifPresent(threshold -> check("anomaly", threshold, threshold > 0 && threshold < 1, "above 0, below 1"));
        check("fault", fault, fault > 0 && fault <= 1, "above 0, at most 1");
        normal = Set.copyOf(normal);
        check("remainingLife", remainingLife, remainingLife > 0 && remainingLife < 1e12, "above 0");
        check("of", of, of >= 1 && of <= 64, "1 to 64");
        check("raise", raise, raise >= 1 && raise <= of, "1 to " + of);
        check("lasting", lasting, lasting >= 1, "1 or more");
        check("clear", clear, clear >= 1, "1 or more");
        check("update", update, update >= 1, "1 or more");
    }

    /** Raised after 3 of 5 steps or 20 in a row, cleared after 10, updated every 60 at most; faults from 0.5, remaining life below 20. */
    public static AlertSettings defaults() {
        return new AlertSettings(
                OptionalDouble.empty(), 0.5, Set.of("normal", "ok", "healthy", "none"), 20, 3, 5, 20, 10, 60);
    }

    /** The same for a condition that counts over many readings already. */
    AlertSettings atOnce() {
        return new AlertSettings(anomaly, fault, normal, remainingLife, 1, 1, 1, 1, update);
    }

    private static void check(String name, double value, boolean holds, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + value + ": allowed is " + allowed);
        }
    }
}
