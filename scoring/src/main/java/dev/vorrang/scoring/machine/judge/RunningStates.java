package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The running states of a machine, found by its sensors' levels: standing, idle, a product, a load. A block belongs to the nearest state
 * from which no more than a third of the sensors differ, by weight, so that a faulty sensor makes no state of its own. A state begins
 * where three blocks in a row are near each other and in no state, or where the machine has been in none for thirty. For one thread.
 */
final class RunningStates {

    /** Of a block that is in no state. */
    static final int NONE = -1;

    static final int MAX_STATES = 12;

    private static final double RANGE_SHARE = 0.12;
    private static final double LEVEL_SHARE = 0.02;
    private static final double DEVIATIONS = 5;
    private static final double MAX_DISTANCE = 9;
    private static final double LEAST_WEIGHT = 1.0 / 2_000;
    /** Part of all that a sensor has read beyond which no state reaches, or one that has many ends in it takes in the others. */
    private static final double MOST_OF_SPAN = 0.4;

    private static final int CONFIRMING = 3;
    private static final int FEW_SENSORS = 3;
    private static final double STILL = 0.45;

    private int sensors;
    private int states;
    private final float[][] means = new float[MAX_STATES][0];
    private final float[][] variances = new float[MAX_STATES][0];
    /** Mean root of the change from block to block: a ramp, however steep, counts little beside what a sensor usually does. */
    private final float[][] changes = new float[MAX_STATES][0];

    /** The same where machines like it move; 0 while that is not known. */
    private float[] changesOfOthers = {};

    private final SensorSpans spans = new SensorSpans();
    /** Difference of each sensor's state means, at most, at the block that is looked at. */
    private double[] ranges = {};

    private double[] last = {};
    private int lastState = NONE;
    private final int[] counts = new int[MAX_STATES];
    private final int[] seen = new int[MAX_STATES];
    private float[] candidate = {};
    private int candidateBlocks;
    private final ScatteredBlocks scattered = new ScatteredBlocks();
    private int blocks;
    private int begun = NONE;

    /** Begins with how much sensors of others change where they move. Their states are not its own. */
    void begin(List<RunningStates> others) {
        grow(others.get(0).sensors);
        for (RunningStates other : others) {
            for (int i = 0; i < sensors; i++) {
                changesOfOthers[i] += other.usualChange(i) / others.size();
            }
        }
    }

    /** Where most of the changes are. */
    private float usualChange(int sensor) {
        double all = 0;
        double squares = 0;
        for (int each = 0; each < states; each++) {
            double change = changes[each][sensor];
            all += counts[each] * change;
            squares += counts[each] * change * change;
        }
        return (float) Math.max(changesOfOthers[sensor], all > 0 ? squares / all : 0);
    }

    /**
     * The state of a block.
     *
     * @param values relative to the origins, NaN for none
     * @param origins of the sensors
     * @param faulty sensors that are known to be faulty; they have no say
     * @param mayBegin whether a state may begin
     * @return {@link #NONE} where it is in none yet
     */
    int assign(double[] values, float[] origins, boolean[] faulty, boolean mayBegin) {
        grow(values.length);
        blocks++;
        measureRanges();
        int best = nearest(values, origins, faulty, true);
        if (best == NONE && !mayBegin) {
            best = nearest(values, origins, faulty, false);
        } else if (best == NONE) {
            best = states == 0 ? begin(values) : consider(values, origins, faulty);
        } else {
            candidateBlocks = 0;
        }
        if (best != NONE) {
            scattered.clear();
            learn(best, values, faulty);
        }
        spans.widen(values, last, faulty);
        lastState = best;
        last = values;
        return best;
    }

    private int nearest(double[] values, float[] origins, boolean[] faulty, boolean strictly) {
        int best = NONE;
        double least = Double.POSITIVE_INFINITY;
        for (int state = 0; state < states; state++) {
            double distance = distance(means[state], variances[state], values, origins, faulty, strictly);
            if (distance < least) {
                least = distance;
                best = state;
            }
        }
        return best;
    }

    /** Infinite if too many sensors differ. */
    private double distance(
            float[] mean, float[] variance, double[] values, float[] origins, boolean[] faulty, boolean strictly) {
        double differing = 0;
        double all = 0;
        int present = 0;
        double distance = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || Float.isNaN(mean[i]) || faulty[i]) {
                continue;
            }
            present++;
            double weight = spans.weight(i, blocks);
            all += weight;
            double off = Math.abs(values[i] - mean[i]);
            double resolved = resolved(i, origins[i] + mean[i]);
            differing += off > Math.max(resolved, spread(i, variance[i])) ? weight : 0;
            // The same measure for each state: the nearest would be the widest otherwise.
            double apart = off / resolved;
            distance += weight * Math.min(apart * apart, strictly ? MAX_DISTANCE : Double.MAX_VALUE);
        }
        // One sensor, whose weight is 1 at most, never makes a state of its own.
        double allowed = present < FEW_SENSORS ? 0 : Math.max(1, all / 3);
        return strictly && differing > allowed ? Double.POSITIVE_INFINITY : distance;
    }

    private void measureRanges() {
        for (int i = 0; i < sensors; i++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int state = 0; state < states; state++) {
                if (!Float.isNaN(means[state][i])) {
                    least = Math.min(least, means[state][i]);
                    most = Math.max(most, means[state][i]);
                }
            }
            ranges[i] = most > least ? most - least : 0;
        }
    }

    /** Difference of a sensor from which states are told apart. */
    private double resolved(int i, double level) {
        return Math.max(RANGE_SHARE * ranges[i], LEVEL_SHARE * Math.abs(level)) + 1e-9;
    }

    /** How far a sensor may be from a state's mean by what it does in that state. */
    private double spread(int i, double variance) {
        double deviations = DEVIATIONS * Math.sqrt(variance);
        return SensorSpans.known(blocks) ? Math.min(deviations, MOST_OF_SPAN * spans.span(i)) : deviations;
    }

    private int consider(double[] values, float[] origins, boolean[] faulty) {
        boolean near = candidateBlocks > 0
                && Double.isFinite(distance(candidate, new float[sensors], values, origins, faulty, true));
        candidateBlocks = near ? candidateBlocks + 1 : 1;
        if (!near) {
            candidate = floats(values);
        }
        if (candidateBlocks >= CONFIRMING) {
            return begin(values);
        }
        return scattered.add(values, last) ? beginScattered(values, origins, faulty) : NONE;
    }

    /** Where sensors scatter too much for three blocks to be near each other, as noisy ones do that are read each minute. */
    private int beginScattered(double[] values, float[] origins, boolean[] faulty) {
        scattered.clear();
        float[] variance = scattered.variance();
        if (!Double.isFinite(distance(scattered.mean(), variance, values, origins, faulty, true))) {
            return NONE;
        }
        int state = begin(values);
        means[state] = scattered.mean().clone();
        variances[state] = variance;
        changes[state] = scattered.change().clone();
        counts[state] = ScatteredBlocks.ENOUGH;
        return state;
    }

    private int begin(double[] values) {
        int state = states < MAX_STATES ? states++ : longestUnseen();
        means[state] = floats(values);
        variances[state] = new float[sensors];
        changes[state] = new float[sensors];
        counts[state] = 0;
        candidateBlocks = 0;
        begun = state;
        return state;
    }

    /** The state that has begun with the last block, which has nothing in common with one of the same number; {@link #NONE} if none has. */
    int begun() {
        int state = begun;
        begun = NONE;
        return state;
    }

    private int longestUnseen() {
        int longest = 0;
        for (int state = 1; state < MAX_STATES; state++) {
            longest = seen[state] < seen[longest] ? state : longest;
        }
        return longest;
    }

    private void learn(int state, double[] values, boolean[] faulty) {
        counts[state]++;
        seen[state] = blocks;
        double weight = Math.max(LEAST_WEIGHT, 1.0 / counts[state]);
        float[] mean = means[state];
        float[] variance = variances[state];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || faulty[i]) {
                continue;
            }
            if (Float.isNaN(mean[i])) {
                mean[i] = (float) values[i];
            }
            if (lastState == state && i < last.length && !Double.isNaN(last[i])) {
                double root = Math.sqrt(Math.abs(values[i] - last[i]));
                changes[state][i] += (float) (weight * (root - changes[state][i]));
            }
            double off = values[i] - mean[i];
            double limit = 3 * Math.sqrt(variance[i]);
            double limited = counts[state] > 30 ? Math.max(-limit, Math.min(limit, off)) : off;
            mean[i] += (float) (weight * limited);
            variance[i] = (float) ((1 - weight) * (variance[i] + weight * limited * limited));
        }
    }

    /**
     * States in which the machine stands, a bit each: more than a third of the sensors change far less in them than they do where most of
     * their changes are. States without changes have no say in that, however long they last, and ramps, however steep, little.
     */
    int still() {
        var calm = new int[states];
        for (int i = 0; i < sensors; i++) {
            double limit = STILL * usualChange(i);
            for (int state = 0; state < states; state++) {
                calm[state] += changes[state][i] < limit ? 1 : 0;
            }
        }
        int still = 0;
        for (int state = 0; state < states; state++) {
            still |= calm[state] > sensors / 3 ? 1 << state : 0;
        }
        return still;
    }

    int count(int state) {
        return counts[state];
    }

    private static float[] floats(double[] values) {
        var floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private void grow(int count) {
        if (count > sensors) {
            for (int state = 0; state < MAX_STATES; state++) {
                int before = means[state].length;
                means[state] = Arrays.copyOf(means[state], count);
                variances[state] = Arrays.copyOf(variances[state], count);
                changes[state] = Arrays.copyOf(changes[state], count);
                Arrays.fill(means[state], before, count, Float.NaN);
            }
            changesOfOthers = Arrays.copyOf(changesOfOthers, count);
            candidate = StateIo.grown(candidate, count);
            scattered.grow(count);
            spans.grow(count);
            ranges = new double[count];
            sensors = count;
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(sensors);
        out.writeInt(states);
        for (int state = 0; state < states; state++) {
            StateIo.write(out, means[state]);
            StateIo.write(out, variances[state]);
            StateIo.write(out, changes[state]);
            out.writeInt(counts[state]);
            out.writeInt(seen[state]);
        }
        StateIo.write(out, candidate);
        out.writeInt(candidateBlocks);
        out.writeInt(blocks);
        out.writeInt(lastState);
        out.writeInt(last.length);
        for (double value : last) {
            out.writeDouble(value);
        }
        StateIo.write(out, changesOfOthers);
        spans.write(out);
        scattered.write(out);
    }

    /** @param version of the judgement; up to version 3 changes were mean squares, and spans were not known, up to 5 no steps */
    void read(DataInput in, int version) throws IOException {
        grow(StateIo.checked(in.readInt()));
        states = in.readInt();
        if (states < 0 || states > MAX_STATES) {
            throw new IOException("damaged state: " + states + " running states");
        }
        for (int state = 0; state < states; state++) {
            means[state] = StateIo.readFloats(in);
            variances[state] = StateIo.readFloats(in);
            changes[state] = StateIo.readFloats(in);
            counts[state] = in.readInt();
            seen[state] = in.readInt();
        }
        candidate = StateIo.readFloats(in);
        candidateBlocks = in.readInt();
        blocks = in.readInt();
        lastState = in.readInt();
        last = new double[StateIo.checked(in.readInt())];
        for (int i = 0; i < last.length; i++) {
            last[i] = in.readDouble();
        }
        if (version >= MachineJudge.OF_TYPES) {
            changesOfOthers = StateIo.readFloats(in);
        }
        if (version <= 3) {
            convert();
        }
        spans.read(in, version);
        if (version > 5) {
            scattered.read(in);
        }
    }

    private void convert() {
        for (int state = 0; state < states; state++) {
            for (int i = 0; i < sensors; i++) {
                changes[state][i] = (float) Math.sqrt(Math.sqrt(changes[state][i]));
                double reach = DEVIATIONS * Math.sqrt(variances[state][i]);
                spans.reach(i, means[state][i] - reach, means[state][i] + reach);
            }
        }
        for (int i = 0; i < sensors; i++) {
            changesOfOthers[i] = (float) Math.sqrt(Math.sqrt(changesOfOthers[i]));
        }
    }
}
