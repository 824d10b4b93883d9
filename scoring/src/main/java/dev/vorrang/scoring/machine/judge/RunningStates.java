package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The running states of a machine, found by its sensors' levels: standing, idle, a product, a load. A block belongs to the nearest state
 * from which no more than a third of the sensors differ, so that a faulty sensor makes no state of its own; a sensor that follows the machine slowly counts for less. A state begins where three
 * blocks in a row are near each other and in no state, or where the machine has been in none for thirty. For one thread.
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
    /** Blocks after which it is known what a sensor reads. */
    private static final int SPAN_BLOCKS = 200;

    /** Least weight of a sensor, beside 1 of one that follows the machine at once. */
    private static final double LEAST_SENSOR_WEIGHT = 0.25;

    private static final int CONFIRMING = 3;
    /** Blocks in no state after which one begins even if no two of them are near each other. */
    private static final int SCATTERED = 30;
    /** Standard deviation of independent values, of the square of the mean root of the change from one to the next. */
    private static final double DEVIATION_OF_CHANGE = 1.05;

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

    private float[] low = {};
    private float[] high = {};
    /** Largest change from a block to the next one. */
    private float[] steps = {};

    private double[] last = {};
    private int lastState = NONE;
    private final int[] counts = new int[MAX_STATES];
    private final int[] seen = new int[MAX_STATES];
    private float[] candidate = {};
    private int candidateBlocks;
    /** What was read since the machine was in a state: mean, and mean root of the change from block to block. */
    private float[] scatteredMean = {};

    private float[] scatteredChange = {};
    private int scatteredBlocks;
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
        int best = nearest(values, origins, faulty, true);
        if (best == NONE && !mayBegin) {
            best = nearest(values, origins, faulty, false);
        } else if (best == NONE) {
            best = states == 0 ? begin(values) : consider(values, origins, faulty);
        } else {
            candidateBlocks = 0;
        }
        if (best != NONE) {
            scatteredBlocks = 0;
            learn(best, values, faulty);
        }
        widenSpans(values, faulty);
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
            double weight = sensorWeight(i);
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

    /** Difference of a sensor from which states are told apart. */
    private double resolved(int i, double level) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int state = 0; state < states; state++) {
            if (!Float.isNaN(means[state][i])) {
                least = Math.min(least, means[state][i]);
                most = Math.max(most, means[state][i]);
            }
        }
        double range = most > least ? most - least : 0;
        return Math.max(RANGE_SHARE * range, LEVEL_SHARE * Math.abs(level)) + 1e-9;
    }

    /** How far a sensor may be from a state's mean by what it does in that state. */
    private double spread(int i, double variance) {
        double deviations = DEVIATIONS * Math.sqrt(variance);
        return blocks < SPAN_BLOCKS ? deviations : Math.min(deviations, MOST_OF_SPAN * (high[i] - low[i]));
    }

    /**
     * How much a sensor tells of the state now: the square of its largest change from a block to the next one, as a part of all that it
     * has read. One that follows slowly, such as a temperature, tells of what the machine did before, and one that wanders of nothing.
     */
    private double sensorWeight(int i) {
        double span = high[i] - low[i];
        if (blocks < SPAN_BLOCKS || !(span > 0)) {
            return 1;
        }
        double part = Math.min(1, steps[i] / span);
        return Math.max(LEAST_SENSOR_WEIGHT, part * part);
    }

    /** At most to the double at once, so that a single value beyond all measure does little. */
    private void widenSpans(double[] values, boolean[] faulty) {
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || faulty[i]) {
                continue;
            }
            if (Float.isNaN(low[i])) {
                low[i] = (float) values[i];
                high[i] = low[i];
            }
            if (i < last.length && !Double.isNaN(last[i])) {
                steps[i] = (float) Math.max(steps[i], Math.abs(values[i] - last[i]));
            }
            double span = high[i] - low[i];
            double most = span > 0 ? span : Double.POSITIVE_INFINITY;
            low[i] -= (float) Math.max(0, Math.min(most, low[i] - values[i]));
            high[i] += (float) Math.max(0, Math.min(most, values[i] - high[i]));
        }
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
        scatter(values);
        return scatteredBlocks < SCATTERED ? NONE : beginScattered(values, origins, faulty);
    }

    private void scatter(double[] values) {
        scatteredBlocks++;
        double weight = 1.0 / scatteredBlocks;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                continue;
            }
            if (scatteredBlocks == 1 || Float.isNaN(scatteredMean[i])) {
                scatteredMean[i] = (float) values[i];
                scatteredChange[i] = 0;
                continue;
            }
            double change = i < last.length && !Double.isNaN(last[i]) ? Math.sqrt(Math.abs(values[i] - last[i])) : 0;
            scatteredMean[i] += (float) (weight * (values[i] - scatteredMean[i]));
            scatteredChange[i] += (float) (weight * (change - scatteredChange[i]));
        }
    }

    /** Where sensors scatter too much for three blocks to be near each other, as noisy ones do that are read each minute. */
    private int beginScattered(double[] values, float[] origins, boolean[] faulty) {
        scatteredBlocks = 0;
        var variance = new float[sensors];
        for (int i = 0; i < sensors; i++) {
            double deviation = DEVIATION_OF_CHANGE * scatteredChange[i] * scatteredChange[i];
            variance[i] = (float) (deviation * deviation);
        }
        if (!Double.isFinite(distance(scatteredMean, variance, values, origins, faulty, true))) {
            return NONE;
        }
        int state = begin(values);
        means[state] = scatteredMean.clone();
        variances[state] = variance;
        changes[state] = scatteredChange.clone();
        counts[state] = SCATTERED;
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
            candidate = grown(candidate, count);
            scatteredMean = grown(scatteredMean, count);
            scatteredChange = Arrays.copyOf(scatteredChange, count);
            low = grown(low, count);
            high = grown(high, count);
            steps = Arrays.copyOf(steps, count);
            sensors = count;
        }
    }

    private static float[] grown(float[] values, int count) {
        float[] grown = Arrays.copyOf(values, count);
        Arrays.fill(grown, values.length, count, Float.NaN);
        return grown;
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
        StateIo.write(out, low);
        StateIo.write(out, high);
        StateIo.write(out, steps);
        StateIo.write(out, scatteredMean);
        StateIo.write(out, scatteredChange);
        out.writeInt(scatteredBlocks);
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
        if (version > 3) {
            low = StateIo.readFloats(in);
            high = StateIo.readFloats(in);
        } else {
            convert();
        }
        if (version > 5) {
            steps = StateIo.readFloats(in);
            scatteredMean = StateIo.readFloats(in);
            scatteredChange = StateIo.readFloats(in);
            scatteredBlocks = in.readInt();
        } else {
            for (int i = 0; i < sensors; i++) {
                steps[i] = high[i] - low[i];
            }
        }
    }

    private static float least(float before, double value) {
        return Float.isNaN(before) || value < before ? (float) value : before;
    }

    private void convert() {
        for (int state = 0; state < states; state++) {
            for (int i = 0; i < sensors; i++) {
                changes[state][i] = (float) Math.sqrt(Math.sqrt(changes[state][i]));
                double reach = DEVIATIONS * Math.sqrt(variances[state][i]);
                low[i] = least(low[i], means[state][i] - reach);
                high[i] = -least(-high[i], -means[state][i] - reach);
            }
        }
        for (int i = 0; i < sensors; i++) {
            changesOfOthers[i] = (float) Math.sqrt(Math.sqrt(changesOfOthers[i]));
        }
    }
}
