package dev.vorrang.scoring.machine;

import java.time.Duration;
import java.util.Optional;

/**
 * How readings become steps.
 *
 * @param period readings of the same period make one step, a sensor's value in it is their mean; empty: every reading is a step
 * @param longestGap after a longer time without readings a machine is taken as new, above zero
 * @param stuckAfter steps for which a sensor that used to vary must repeat one value before it counts as stuck, 2 or more
 * @param mostSensors sensors of one machine that are kept, further ones are left out with a note, 1 or more
 */
public record IntakeSettings(Optional<Duration> period, Duration longestGap, int stuckAfter, int mostSensors) {

    public IntakeSettings {
        if (period.isPresent() && period.get().toMillis() < 1) {
            throw new IllegalArgumentException("period " + period.get() + ": allowed is 1 ms or more");
        }
        if (longestGap.isZero() || longestGap.isNegative()) {
            throw new IllegalArgumentException("longestGap " + longestGap + ": allowed is above 0");
        }
        if (stuckAfter < 2) {
            throw new IllegalArgumentException("stuckAfter " + stuckAfter + ": allowed is 2 or more");
        }
        if (mostSensors < 1 || mostSensors > 10_000) {
            throw new IllegalArgumentException("mostSensors " + mostSensors + ": allowed is 1 to 10000");
        }
    }

    /** Every reading a step, a machine that was silent for 30 days is new, stuck after 30 steps, 1,000 sensors. */
    public static IntakeSettings defaults() {
        return new IntakeSettings(Optional.empty(), Duration.ofDays(30), 30, 1_000);
    }

    public IntakeSettings withPeriod(Duration length) {
        return new IntakeSettings(Optional.of(length), longestGap, stuckAfter, mostSensors);
    }

    public IntakeSettings withLongestGap(Duration gap) {
        return new IntakeSettings(period, gap, stuckAfter, mostSensors);
    }
}
