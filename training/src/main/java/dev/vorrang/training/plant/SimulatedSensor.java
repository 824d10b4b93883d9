package dev.vorrang.training.plant;

/**
 * How a sensor follows its machine: {@code standing} where the machine stands, {@code idle} where it idles, {@code idle + gain · load ^
 * exponent} where it works, after a lag of first order, and {@code hall} for each degree of the hall above 20 °C.
 *
 * @param lag time constant in seconds, 0 for none
 * @param noise standard deviation of the noise of each value
 * @param wander standard deviation of a slow noise of half an hour
 * @param resolution values are multiples of it, above 0
 * @param steady whether it reads exactly {@code standing} where the machine stands
 */
record SimulatedSensor(
        String name,
        double standing,
        double idle,
        double gain,
        double exponent,
        double lag,
        double hall,
        double noise,
        double wander,
        double resolution,
        boolean steady) {

    /** Follows the machine at once. */
    static SimulatedSensor fast(String name, double standing, double idle, double full, double noise) {
        return new SimulatedSensor(
                name, standing, idle, full - idle, 1, 0, 0, noise, noise / 3, resolution(noise), standing == 0);
    }

    /** Follows the machine's load by a power of it. */
    static SimulatedSensor power(String name, double idle, double full, double exponent, double noise) {
        return new SimulatedSensor(
                name, 0, idle, full - idle, exponent, 0, 0, noise, noise / 3, resolution(noise), true);
    }

    /** Follows the machine and the hall slowly. */
    static SimulatedSensor warm(String name, double idle, double full, double lag, double noise) {
        return new SimulatedSensor(
                name, 20, idle, full - idle, 1, lag, 0.7, noise, noise / 2, resolution(noise), false);
    }

    /** Shows the hall. */
    static SimulatedSensor ambient(String name, double noise) {
        return new SimulatedSensor(name, 20, 20, 0, 1, 0, 1, noise, noise / 2, resolution(noise), false);
    }

    /** Still moves a little where the machine stands. */
    SimulatedSensor restless() {
        return new SimulatedSensor(name, standing, idle, gain, exponent, lag, hall, noise, wander, resolution, false);
    }

    private static double resolution(double noise) {
        return Math.pow(10, Math.floor(Math.log10(noise / 2)));
    }

    /** What the machine's state alone makes it read in the long run. */
    double target(MachineRhythm.Mode mode, double load) {
        return switch (mode) {
            case STANDING -> standing;
            case IDLE -> idle;
            case WORKING -> idle + gain * Math.pow(load, exponent);
        };
    }

    /** Its level at full load. */
    double full() {
        return idle + gain;
    }
}
