package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How surprising a sensor's value is, seen in thirteen ways: how rare each distance of {@link SensorLevels} and
 * {@link SensorPatterns} is among all that this sensor had before, as part of the rarity that so many values can show at most. So
 * sensors of any unit, noise and rhythm compare, and none needs training. At most {@value #BYTES} bytes of state. For one thread.
 */
public final class SensorSurprise {

    private static final int WAYS = SensorLevels.DISTANCES + SensorPatterns.DISTANCES;

    /** Numbers that are told of a value: 1 where there is one, and how surprising it is in each way and its level, 0 to about 1. */
    public static final int FEATURES = 1 + WAYS + 1;

    /** Place of how surprising a lasting shift of its level is, the last. */
    public static final int SHIFT = FEATURES - 1;

    /** Size of the state, at most. */
    public static final int BYTES =
            SensorLevels.BYTES + SensorPatterns.BYTES + WAYS * TailSurprise.BYTES + SensorShift.BYTES;

    /** Values before anything is said. */
    private static final int MIN_VALUES = 20;

    private static final int EARLY_VALUES = 50;

    private final SensorLevels levels = new SensorLevels();
    private final SensorPatterns patterns = new SensorPatterns();
    private final SensorShift shift = new SensorShift();
    private final TailSurprise[] tails = new TailSurprise[WAYS];
    private final double[] distances = new double[WAYS];

    public SensorSurprise() {
        for (int way = 0; way < WAYS; way++) {
            tails[way] = new TailSurprise();
        }
    }

    /**
     * Takes a value.
     *
     * @param value finite, as large as a float at most, or NaN where there is none
     * @param time in ms since 1970
     * @param features takes {@link #FEATURES} numbers; all are 0 where nothing can be said
     * @param at place of the first
     */
    public void observe(double value, long time, float[] features, int at) {
        for (int i = 0; i < FEATURES; i++) {
            features[at + i] = 0;
        }
        if (Double.isNaN(value)) {
            return;
        }
        double shifted = shift.observe(value);
        if (levels.count() == 0) {
            levels.first(value);
            return;
        }
        levels.observe(value, distances);
        patterns.observe(value, time, levels, distances, SensorLevels.DISTANCES);
        boolean known = levels.count() >= MIN_VALUES;
        double most = Math.log10(levels.count() + EARLY_VALUES);
        for (int way = 0; way < WAYS; way++) {
            double surprise = tails[way].of(distances[way]);
            features[at + 1 + way] = known ? (float) (surprise / most) : 0;
        }
        features[at] = known ? 1 : 0;
        features[at + SHIFT] = known ? (float) (shifted / most) : 0;
        levels.remember(value);
    }

    public void write(DataOutput out) throws IOException {
        levels.write(out);
        patterns.write(out);
        shift.write(out);
        for (TailSurprise tail : tails) {
            tail.write(out);
        }
    }

    /**
     * Becomes what was written; nothing may have been observed before.
     *
     * @param allBins whether bins without counts were written, too, as in earlier versions
     * @throws IOException if what is read cannot have been written
     */
    public void read(DataInput in, boolean allBins) throws IOException {
        levels.read(in);
        patterns.read(in);
        shift.read(in, allBins);
        for (TailSurprise tail : tails) {
            tail.read(in, allBins);
        }
    }
}
