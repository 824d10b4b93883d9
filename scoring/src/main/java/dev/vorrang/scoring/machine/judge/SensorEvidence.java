package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How strongly the residuals of each sensor speak against it at a block, 1 being the limit, and for how many blocks in a row they have
 * done so on each horizon. For one thread.
 */
final class SensorEvidence {

    private static final int HORIZONS = ResidualScales.HORIZONS;
    /** Blocks in a row that are enough, by horizon. */
    private static final int[] ENOUGH = {3, 2, 2, 2};

    private double[] most = {};
    private double[][] byHorizon = {};
    private int[] streaks = {};

    /** Evidence of a sensor on a horizon. */
    @FunctionalInterface
    interface Measure {
        double of(int sensor, int horizon);
    }

    /**
     * Looks at a block.
     *
     * @param row has NaN for a sensor without a value, which speaks for nothing
     * @param faulty sensors that are known to be faulty
     * @return whether another sensor has enough against it
     */
    boolean look(float[] row, boolean[] faulty, Measure measure) {
        boolean enough = false;
        byHorizon = new double[most.length][HORIZONS];
        for (int i = 0; i < most.length; i++) {
            most[i] = 0;
            for (int horizon = 0; horizon < HORIZONS && !Float.isNaN(row[i]); horizon++) {
                double evidence = measure.of(i, horizon);
                byHorizon[i][horizon] = evidence;
                most[i] = Math.max(most[i], evidence);
                int place = i * HORIZONS + horizon;
                streaks[place] = evidence >= 1 ? streaks[place] + 1 : 0;
                enough |= !faulty[i] && streaks[place] >= ENOUGH[horizon];
            }
        }
        return enough;
    }

    /** Of each sensor at the last block that was looked at. Not to be changed. */
    double[] most() {
        return most;
    }

    /** Of all sensors. */
    double strongest() {
        return Arrays.stream(most).max().orElse(0);
    }

    /** Horizon on which a sensor has most against it, 0 for the shortest; known since the last block that was looked at. */
    int strongestHorizon(int sensor) {
        return ResidualScales.strongestHorizon(byHorizon[sensor]);
    }

    /** Counts the blocks of a sensor anew. */
    void restart(int sensor) {
        Arrays.fill(streaks, sensor * HORIZONS, (sensor + 1) * HORIZONS, 0);
    }

    void grow(int sensors) {
        most = new double[sensors];
        streaks = Arrays.copyOf(streaks, sensors * HORIZONS);
    }

    /** Sets what {@link #most} said of a sensor. */
    void restore(int sensor, double evidence) {
        most[sensor] = evidence;
    }

    void writeStreaks(DataOutput out) throws IOException {
        StateIo.write(out, streaks);
    }

    void readStreaks(DataInput in) throws IOException {
        streaks = StateIo.readInts(in);
    }
}
