package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * How large a sensor's residuals usually are on each horizon, and how large they ever were: a residual is evidence by how much it exceeds
 * both. A record counts only when hours have passed without a fault, and fades within weeks. For one thread.
 */
final class ResidualScales {

    /** Time constants of the averages of residuals, in ms. */
    static final long[] HORIZONS_MS = {180_000, 900_000, 7_200_000, 36_000_000};

    static final int HORIZONS = HORIZONS_MS.length;

    /** Deviations that are evidence, on each horizon, of a machine that is well known. */
    private static final double[] LIMITS = {5.3, 4.1, 3.8, 3.4};

    /** By how much a record must be exceeded. */
    private static final double RECORD_FACTOR = 1.35;

    private static final double MAX_RECORD = 20;
    private static final double MAX_LEARNED = 3;
    /** So much too large are limits of a machine of which nothing is known; falls within a day. */
    private static final double EARLY = 2.3;

    /** What may be a fault is learned so much more slowly. */
    private static final double SUSPECT = 0.1;
    /** While the regressions themselves are learned, later residuals tell more than earlier ones. */
    private static final double FAST = 2.5;

    private static final double FAST_MS = 1.5 * 86_400_000;
    private static final double EARLY_MS = 86_400_000;
    private static final double MEMORY_MS = 14 * 86_400_000.0;
    private static final double PROBATION_MS = 4 * 3_600_000;
    /** Part of the level, and of the usual residual of a block, below which no average of residuals is of interest. */
    private static final double LEAST_OF_LEVEL = 0.003;

    private static final double LEAST_OF_RESIDUAL = 0.25;
    /** For so many blocks counts what others have learned: half a day of minutes. */
    private static final float BEGINNING_BLOCKS = 720;

    private float[] squares = {};

    private float[] records = {};
    private float[] proposed = {};
    private float[] proposedAge = {};
    private float[] known = {};

    /**
     * Begins with the mean of others.
     *
     * @param others of as many sensors, one or more
     */
    void begin(List<ResidualScales> others) {
        int count = others.size();
        Arrays.fill(squares, 0);
        Arrays.fill(records, 0);
        Arrays.fill(known, 0);
        for (ResidualScales other : others) {
            for (int i = 0; i < squares.length; i++) {
                squares[i] += other.squares[i] / count;
                records[i] += other.records[i] / count;
            }
            for (int i = 0; i < known.length; i++) {
                known[i] += Math.min(BEGINNING_BLOCKS, other.known[i]) / count;
            }
        }
    }

    /** The horizon with the most evidence, 0 for the shortest. */
    static int strongestHorizon(double[] evidence) {
        int strongest = 0;
        for (int horizon = 1; horizon < evidence.length; horizon++) {
            strongest = evidence[horizon] > evidence[strongest] ? horizon : strongest;
        }
        return strongest;
    }

    void grow(int sensors) {
        squares = Arrays.copyOf(squares, sensors * HORIZONS);
        records = Arrays.copyOf(records, sensors * HORIZONS);
        proposed = Arrays.copyOf(proposed, sensors * HORIZONS);
        proposedAge = Arrays.copyOf(proposedAge, sensors * HORIZONS);
        known = Arrays.copyOf(known, sensors);
    }

    /**
     * Usual size of a residual.
     *
     * @param level of the sensor
     * @param usual its usual residual of a block while the machine moves, 0 while that is not known
     */
    double scale(int sensor, int horizon, double level, double usual, double blockMs) {
        double least = LEAST_OF_LEVEL * Math.abs(level);
        if (usual > 0) {
            least = Math.min(least, LEAST_OF_RESIDUAL * usual);
        }
        double independent = known[sensor] * blockMs / Math.max(blockMs, 2.0 * HORIZONS_MS[horizon]);
        double uncertain = 1 + 2 / Math.sqrt(independent + 0.01);
        return Math.sqrt(squares[sensor * HORIZONS + horizon]) * uncertain + least + 1e-9 * Math.abs(level) + 1e-12;
    }

    /** Usual size of a residual of a block; 0 while little is known. */
    double usual(int sensor) {
        return known[sensor] < 60 ? 0 : Math.sqrt(squares[sensor * HORIZONS]);
    }

    /** Deviations from which a residual is evidence. */
    double limit(int sensor, int horizon, double blockMs) {
        double early = 1 + EARLY * Math.exp(-known[sensor] * blockMs / EARLY_MS);
        return Math.max(LIMITS[horizon] * early, RECORD_FACTOR * records[sensor * HORIZONS + horizon]);
    }

    /**
     * Learns what a sensor's residuals were where it is not known to be faulty. One that may be larger than usual counts for less, by the
     * root of how much: were it to count for none of it, or for all, the usual size would be too small after rare contexts, or too large.
     *
     * @param widenings by how much each may be larger now than where all is well known, 1 or more
     * @param suspect whether it may be
     */
    void learn(int sensor, double[] residuals, double[] widenings, Regime.Known of, boolean suspect) {
        known[sensor] = Math.min(known[sensor] + 1, (float) 1e7);
        double times = known[sensor] * of.blockMs() < FAST_MS ? FAST : 1;
        double lasting = Math.max(Math.min(1, times / known[sensor]), of.blockMs() / MEMORY_MS);
        double weight = lasting * (suspect ? SUSPECT : 1);
        for (int horizon = 0; horizon < HORIZONS; horizon++) {
            int place = sensor * HORIZONS + horizon;
            double size = Math.abs(residuals[horizon]);
            double most = MAX_LEARNED * Math.sqrt(squares[place]);
            double usual = size / Math.sqrt(widenings[horizon]);
            double learned = known[sensor] > 60 ? Math.min(usual, most) : usual;
            double deviations = size / scale(sensor, horizon, of.level(), of.usual(), of.blockMs());
            squares[place] += (float) (weight * (learned * learned - squares[place]));
            records[place] *= (float) Math.exp(-of.blockMs() / (2 * MEMORY_MS));
            propose(place, Math.min(MAX_RECORD, deviations), of.blockMs());
        }
    }

    private void propose(int place, double deviations, double blockMs) {
        if (deviations > Math.max(records[place], proposed[place])) {
            proposed[place] = (float) deviations;
            proposedAge[place] = 0;
        } else if (proposed[place] > 0) {
            proposedAge[place] += (float) blockMs;
            if (proposedAge[place] > PROBATION_MS) {
                records[place] = proposed[place];
                proposed[place] = 0;
            }
        }
    }

    /**
     * Takes as normal how far a sensor has been off.
     *
     * @param evidence how many times its limits it has been off by at most
     */
    void accept(int sensor, double evidence, double blockMs) {
        for (int horizon = 0; horizon < HORIZONS; horizon++) {
            int place = sensor * HORIZONS + horizon;
            double deviations = evidence * limit(sensor, horizon, blockMs) / RECORD_FACTOR;
            records[place] = (float) Math.max(records[place], deviations);
        }
        discard(sensor);
    }

    /** Gives up what a sensor proposed: it is faulty. */
    void discard(int sensor) {
        Arrays.fill(proposed, sensor * HORIZONS, (sensor + 1) * HORIZONS, 0);
    }

    void write(DataOutput out) throws IOException {
        for (float[] values : all()) {
            StateIo.write(out, values);
        }
    }

    private float[][] all() {
        return new float[][] {squares, records, proposed, proposedAge, known};
    }

    void read(DataInput in) throws IOException {
        squares = StateIo.readFloats(in);
        records = StateIo.readFloats(in);
        proposed = StateIo.readFloats(in);
        proposedAge = StateIo.readFloats(in);
        known = StateIo.readFloats(in);
    }
}
