package dev.vorrang.training.plant;

import java.time.Instant;
import java.util.Random;

/** The hall of a simulated plant, whose temperature has a daily rhythm and follows the weather. Immutable. */
final class Hall {

    private static final double DAY = 86_400;
    private static final double[] PERIODS = {1, 0.5, 3.1, 7.7, 1.6};
    private static final double[] SWINGS = {3.5, 0.6, 1.5, 2, 0.5};

    private final double[] phases = new double[PERIODS.length];

    Hall(long seed) {
        var random = new Random(seed);
        // Warmest in the afternoon.
        phases[0] = -2 * Math.PI * 9.5 / 24;
        for (int i = 1; i < phases.length; i++) {
            phases[i] = 2 * Math.PI * random.nextDouble();
        }
    }

    /** In °C. */
    double degrees(Instant time) {
        double degrees = 21;
        for (int i = 0; i < PERIODS.length; i++) {
            degrees += SWINGS[i] * Math.sin(2 * Math.PI * time.getEpochSecond() / (DAY * PERIODS[i]) + phases[i]);
        }
        return degrees;
    }
}
