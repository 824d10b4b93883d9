package dev.vorrang.training.machine.baseline;

/**
 * How far a machine is from normal in one minute.
 *
 * @param millis end of the minute in ms since 1970
 * @param sizes one or more sizes that limits are set for, each 0 or more
 * @param sensors place of the sensor to blame for each size
 */
public record Severity(long millis, double[] sizes, int[] sensors) {

    double largest() {
        double largest = 0;
        for (double size : sizes) {
            largest = Math.max(largest, size);
        }
        return largest;
    }
}
