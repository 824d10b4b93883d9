package dev.vorrang.app.crash;

import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.time.Duration;
import java.util.Set;

/**
 * What a crash test does.
 *
 * @param stream name of the stream
 * @param guarantee of the instances
 * @param records that are sent, poison among them, {@value #MIN_RECORDS} to {@value #MAX_RECORDS}
 * @param instances that run at the same time, 1 to {@value #MAX_INSTANCES}
 * @param kills SIGKILLs of an instance, 0 to {@value #MAX_KILLS}; the other faults come about a third as often, once at least
 * @param faults which are among the faults; kills are not if there are none of them
 * @param linger longest a record is held for its batch; zero as the program does by default
 * @param seed of all that is drawn: the same seed makes the same plan
 * @param control whether held records are let go unscored before a commit: the test must find losses then
 */
public record CrashPlan(
        String stream,
        Guarantee guarantee,
        int records,
        int instances,
        int kills,
        Set<Fault> faults,
        Duration linger,
        long seed,
        boolean control) {

    public static final int MIN_RECORDS = 100;
    public static final int MAX_RECORDS = 100_000_000;
    public static final int MAX_INSTANCES = 16;
    public static final int MAX_KILLS = 100_000;

    public CrashPlan {
        faults = Set.copyOf(faults);
    }

    /** How often a fault comes. */
    int times(Fault fault) {
        if (fault == Fault.KILL) {
            return kills;
        }
        return faults.contains(fault) ? Math.max(1, Math.round(kills / 3f)) : 0;
    }
}
