package dev.vorrang.training.plant;

import java.util.Random;

/**
 * When a simulated machine stands, idles and works, on what product and with what load: shifts, weekends, breaks, short stops, changes
 * of product, and from one day on another set point. For one thread.
 */
final class MachineRhythm {

    private static final long HOUR = 3_600;
    private static final long DAY = 24 * HOUR;
    /** The first of January 1970 was a Thursday, day 3 of a week that begins on Monday. */
    private static final int FIRST_WEEKDAY = 3;

    private static final double RAMP = 150;
    private static final double LOAD_TIME = 300;
    private static final double LOAD_SPREAD = 0.03;

    private final Random random;
    private final Shifts shifts;
    private final double[] products;
    private final long newSetPointFrom;
    private final double setPoint;
    private int product;
    private long productUntil;
    private long stopUntil;
    private long jitterDay = Long.MIN_VALUE;
    private long jitter;
    private double ramp;
    private double wander;

    enum Mode {
        STANDING,
        IDLE,
        WORKING
    }

    enum Shifts {
        DAY,
        TWO,
        THREE,
        CONTINUOUS
    }

    /** @param start of the simulation, in seconds since 1970 */
    MachineRhythm(Shifts shifts, long start, Random random) {
        this.shifts = shifts;
        this.random = random;
        this.products = new double[2 + random.nextInt(3)];
        for (int i = 0; i < products.length; i++) {
            products[i] = 0.55 + 0.45 * random.nextDouble();
        }
        boolean changes = random.nextInt(3) == 0;
        this.newSetPointFrom = changes ? start + (long) ((1 + 5 * random.nextDouble()) * DAY) : Long.MAX_VALUE;
        this.setPoint = 1 + (random.nextBoolean() ? 1 : -1) * (0.03 + 0.05 * random.nextDouble());
    }

    int products() {
        return products.length;
    }

    int product() {
        return product;
    }

    /** Moves on to a time, in seconds since 1970. */
    Mode moveTo(long time, double seconds) {
        boolean planned = planned(time);
        if (planned && time >= productUntil) {
            product = random.nextInt(products.length);
            productUntil = time + (long) ((3 + 7 * random.nextDouble()) * HOUR);
            stopUntil = time + 300 + random.nextInt(600);
        } else if (planned && random.nextDouble() < seconds / (4 * HOUR)) {
            stopUntil = time + 60 + random.nextInt(600);
        }
        Mode mode = !planned ? Mode.STANDING : time < stopUntil ? Mode.IDLE : Mode.WORKING;
        ramp = mode == Mode.WORKING ? ramp + (1 - ramp) * -Math.expm1(-seconds / RAMP) : 0;
        double kept = Math.exp(-seconds / LOAD_TIME);
        wander = wander * kept + LOAD_SPREAD * Math.sqrt(1 - kept * kept) * random.nextGaussian();
        newSetPoint = time >= newSetPointFrom;
        return mode;
    }

    private boolean newSetPoint;

    /** Of 1 at full load. */
    double load() {
        return Math.max(0.05, ramp * products[product] * (1 + wander) * (newSetPoint ? setPoint : 1));
    }

    private boolean planned(long time) {
        long day = Math.floorDiv(time, DAY);
        if (day != jitterDay) {
            jitterDay = day;
            jitter = (long) (600 * random.nextGaussian());
        }
        long second = Math.floorMod(time, DAY) + jitter;
        long weekday = Math.floorMod(day + FIRST_WEEKDAY, 7L);
        return switch (shifts) {
            case DAY ->
                weekday < 5
                        && second >= 7 * HOUR
                        && second < 16 * HOUR
                        && !(second >= 12 * HOUR && second < 12 * HOUR + 1_800);
            case TWO -> weekday < 5 && second >= 6 * HOUR && second < 22 * HOUR;
            case THREE -> weekday < 6;
            case CONTINUOUS -> true;
        };
    }
}
