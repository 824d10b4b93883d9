package dev.vorrang.scoring.machine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far a sensor is from its patterns: what it reads at this hour of a weekday or of a weekend, what its last values let expect
 * (a linear predictor that learns by normalised least mean squares; Haykin, Adaptive Filter Theory), the contexts it has been in, and the
 * distribution of its values (relative entropy of the last ones to all). For one thread.
 */
final class SensorPatterns {

    /** Distances that are told: hour, prediction, context, distribution. */
    static final int DISTANCES = 4;

    private static final int SLOTS = 48;
    private static final int ORDER = 8;
    private static final int BINS = 10;

    static final int BYTES = SLOTS * 20 + (2 * ORDER + 1 + 2 * BINS) * 8 + ContextMemory.BYTES;

    private static final long HOUR_MS = 3_600_000;
    private static final int MIN_OF_HOUR = 3;
    private static final int MIN_OF_CONTEXTS = 20;
    private static final double ERROR_WEIGHT = 1 - Math.pow(0.5, 1.0 / 512);
    private static final double LEARNING_RATE = 0.05;
    private static final double MAX_DEVIATIONS = 8;
    private static final double NOW_FADING = 1 - 1 / 40.0;
    private static final double ALL_FADING = 1 - 1 / 2_000.0;

    private final RunningMoments[] hours = new RunningMoments[SLOTS];
    private final ContextMemory contexts = new ContextMemory();
    private final double[] coefficients = new double[ORDER];
    private final double[] lastOnes = new double[ORDER];
    private final double[] error = new double[1];
    private final double[] now = new double[BINS];
    private final double[] all = new double[BINS];

    SensorPatterns() {
        for (int slot = 0; slot < SLOTS; slot++) {
            hours[slot] = new RunningMoments(0.01);
        }
    }

    /** Takes the value after {@code levels} has observed it; its distances go into the array from {@code at} on. */
    void observe(double value, long time, SensorLevels levels, double[] distances, int at) {
        distances[at] = ofHour(value, time, levels);
        distances[at + 1] = ofPrediction(value, levels);
        distances[at + 2] = levels.count() > MIN_OF_CONTEXTS ? contexts.distance(context(value, levels)) : 0;
        distances[at + 3] = ofDistribution((value - levels.mean()) / levels.deviation());
    }

    private double ofHour(double value, long time, SensorLevels levels) {
        long hour = Math.floorDiv(time, HOUR_MS);
        // The first of January 1970 was a Thursday.
        long day = Math.floorMod(Math.floorDiv(hour, 24L) + 4, 7L);
        int slot = (int) Math.floorMod(hour, 24L) + (day == 0 || day == 6 ? 24 : 0);
        RunningMoments own = hours[slot];
        RunningMoments usual = own.count() >= MIN_OF_HOUR ? own : hours[(slot + 24) % SLOTS];
        double distance = usual.count() >= MIN_OF_HOUR
                ? Math.abs(value - usual.mean()) / (Math.sqrt(usual.variance()) + 0.1 * levels.deviation())
                : 0;
        own.add(value);
        return distance;
    }

    private double ofPrediction(double value, SensorLevels levels) {
        double scaled = (value - levels.mean(4)) / levels.slowDeviation();
        scaled = Math.max(-MAX_DEVIATIONS, Math.min(MAX_DEVIATIONS, scaled));
        double predicted = 0;
        double power = 1;
        for (int i = 0; i < ORDER; i++) {
            predicted += coefficients[i] * lastOnes[i];
            power += lastOnes[i] * lastOnes[i];
        }
        double off = scaled - predicted;
        double distance = Math.abs(off) / (error[0] + 0.02);
        for (int i = 0; i < ORDER; i++) {
            coefficients[i] += LEARNING_RATE * off * lastOnes[i] / power;
        }
        error[0] += Math.max(ERROR_WEIGHT, 1.0 / (levels.count() + 1)) * (Math.abs(off) - error[0]);
        System.arraycopy(lastOnes, 0, lastOnes, 1, ORDER - 1);
        lastOnes[0] = scaled;
        return distance;
    }

    private static double[] context(double value, SensorLevels levels) {
        var context = new double[ContextMemory.WIDTH];
        context[0] = dampened((value - levels.mean()) / levels.deviation());
        for (int scale = 0; scale < 4; scale++) {
            context[scale + 1] = dampened((levels.mean(scale) - levels.mean()) / levels.deviation());
        }
        context[5] = 0.5 * dampened(levels.spread() - 1);
        return context;
    }

    private static double dampened(double number) {
        return Math.signum(number) * Math.log1p(Math.abs(number));
    }

    private double ofDistribution(double deviations) {
        int bin = (int) Math.max(0, Math.min(BINS - 1, Math.floor(deviations * 1.5 + BINS / 2)));
        double sumNow = 0;
        double sumAll = 0;
        for (int i = 0; i < BINS; i++) {
            double one = i == bin ? 1 : 0;
            now[i] = now[i] * NOW_FADING + one;
            all[i] = all[i] * ALL_FADING + one;
            sumNow += now[i];
            sumAll += all[i];
        }
        double entropy = 0;
        for (int i = 0; i < BINS; i++) {
            double share = now[i] / sumNow;
            if (share > 0) {
                entropy += share * Math.log(share * (sumAll + 3) / (all[i] + 0.3));
            }
        }
        return Math.max(0, entropy);
    }

    private double[][] numbers() {
        return new double[][] {coefficients, lastOnes, error, now, all};
    }

    void write(DataOutput out) throws IOException {
        for (RunningMoments hour : hours) {
            hour.write(out);
        }
        contexts.write(out);
        for (double[] numbers : numbers()) {
            for (double number : numbers) {
                out.writeDouble(number);
            }
        }
    }

    void read(DataInput in) throws IOException {
        for (RunningMoments hour : hours) {
            hour.read(in);
        }
        contexts.read(in);
        for (double[] numbers : numbers()) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readDouble();
            }
        }
    }
}
