package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.model.CardCheck;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How odd one machine is, step by step. Each sensor's level is compared with a baseline that slowly follows it, and all but stops
 * where the machine is odd, so that a machine may wander but a fault does not become the usual. And oddness counts less on a machine
 * that has long been very odd, as it seldom comes back from that to just what it was before: what lasts stays odd, what is left over
 * from it does not. For one thread.
 */
public final class AnomalyBaseline {

    /** Spans over which each sensor has a level. */
    public static final int SPANS = 2;

    /** Numbers that the graph gives of each sensor. */
    public static final int OUTPUTS = 2 * SPANS + 1;

    /** Names of the card's parameters. */
    static final String CENTRES = "track.centres";

    static final String FREEDOMS = "track.freedoms";
    static final String ODD = "track.odd";

    /** Steps that the baseline remembers. */
    private static final int REMEMBERED = 400;
    /** It follows so many times as slowly while the machine is odd. */
    private static final double SLOWED = 100;
    /** Share of the mean oddness that a machine is used to, and the steps of that mean. */
    private static final double USED = 0.2;

    private static final double USED_STEPS = 240;

    /**
     * @param centres baseline of each sensor at the start, of one span after the other; empty where it is each machine's own beginning
     * @param freedoms degrees of freedom of each sensor's level, above 0
     * @param gate from this oddness on the baseline all but stops, above 0
     * @param unit oddness that is barely odd, above 0
     */
    public record Settings(List<Double> centres, List<Double> freedoms, double gate, double unit) {
        public Settings {
            centres = List.copyOf(centres);
            freedoms = List.copyOf(freedoms);
            CardCheck.that(
                    centres.isEmpty() || centres.size() == SPANS * freedoms.size(),
                    CENTRES,
                    centres,
                    "none, or one of each span and freedom");
            CardCheck.that(freedoms.stream().allMatch(freedom -> freedom > 0), FREEDOMS, freedoms, "above 0");
            CardCheck.that(gate > 0 && unit > 0, ODD, List.of(gate, unit), "gate and unit, above 0");
        }

        /** As a card says. */
        static Settings of(MachineCard card) {
            double[] odd = card.parameter(ODD);
            CardCheck.that(
                    odd.length == 2, "parameters." + ODD, card.parameters().get(ODD), "gate and unit");
            int sensors = card.window().sensors().size();
            CardCheck.that(
                    card.parameter(FREEDOMS).length == sensors,
                    "parameters." + FREEDOMS,
                    card.parameters().get(FREEDOMS),
                    "one of each sensor");
            return new Settings(boxed(card.parameter(CENTRES)), boxed(card.parameter(FREEDOMS)), odd[0], odd[1]);
        }

        private static List<Double> boxed(double[] numbers) {
            return Arrays.stream(numbers).boxed().toList();
        }

        Map<String, List<Double>> parameters() {
            return Map.of(CENTRES, centres, FREEDOMS, freedoms, ODD, List.of(gate, unit));
        }
    }

    /**
     * What a step came to.
     *
     * @param odd oddness, the sum of the evidence
     * @param left what is left of it on a machine that is used to oddness
     * @param evidence how much each sensor speaks against all being normal, 0 or more
     */
    public record Taken(double odd, double left, double[] evidence) {}

    private final Settings settings;
    private final double[] baseline;
    private int followed;
    private double mean;

    public AnomalyBaseline(Settings settings) {
        this.settings = settings;
        this.baseline = new double[SPANS * settings.freedoms().size()];
        if (!settings.centres().isEmpty()) {
            Arrays.setAll(baseline, settings.centres()::get);
            followed = REMEMBERED;
        }
    }

    /**
     * Takes the next step.
     *
     * @param output of the graph: the levels of all sensors over one span, then over the other, their variances in the same order,
     *     above 0, and what else speaks against each sensor, 0 or more
     * @throws IllegalStateException if it is not that; nothing has changed then
     */
    public Taken next(float[] output) {
        int levels = baseline.length;
        int sensors = levels / SPANS;
        check(output, sensors);
        var evidence = new double[sensors];
        for (int i = 0; i < sensors; i++) {
            evidence[i] = output[2 * levels + i];
        }
        for (int i = 0; i < levels; i++) {
            double off = followed == 0 ? 0 : output[i] - baseline[i];
            double freedom = settings.freedoms().get(i % sensors);
            evidence[i % sensors] += surprise(off * off / output[levels + i], freedom) / SPANS;
        }
        double odd = 0;
        for (double one : evidence) {
            odd += one;
        }
        follow(output, odd);
        double left = odd / (1 + USED * mean / settings.unit());
        mean += (odd - mean) / USED_STEPS;
        return new Taken(odd, left, evidence);
    }

    /** @throws IllegalStateException if an output of the graph is not what {@link #next} takes */
    static void check(float[] output, int sensors) {
        int levels = SPANS * sensors;
        boolean sound = output.length == 2 * levels + sensors;
        for (int i = 0; i < output.length && sound; i++) {
            boolean variance = i >= levels && i < 2 * levels;
            sound = Float.isFinite(output[i]) && (i < levels || output[i] > 0 || !variance && output[i] == 0);
        }
        if (!sound) {
            throw new IllegalStateException("levels, variances and evidence " + Arrays.toString(output)
                    + ": allowed are finite levels, variances above 0 and evidence from 0, of " + sensors + " sensors");
        }
    }

    private void follow(float[] levels, double odd) {
        followed = Math.min(followed + 1, REMEMBERED);
        double part = odd < settings.gate() || followed == 1 ? 1.0 / followed : 1 / (REMEMBERED * SLOWED);
        for (int i = 0; i < baseline.length; i++) {
            baseline[i] += (levels[i] - baseline[i]) * part;
        }
    }

    /**
     * Distances of levels from such a baseline, where it is the machine's own beginning and nothing is odd.
     *
     * @param levels {@code [step][level]}
     */
    public static double[][] distances(float[][] levels) {
        var distances = new double[levels.length][];
        var baseline = new double[levels.length == 0 ? 0 : levels[0].length];
        for (int step = 0; step < levels.length; step++) {
            distances[step] = new double[baseline.length];
            for (int i = 0; i < baseline.length; i++) {
                distances[step][i] = step == 0 ? 0 : levels[step][i] - baseline[i];
                baseline[i] += (levels[step][i] - baseline[i]) / Math.min(step + 1, REMEMBERED);
            }
        }
        return distances;
    }

    /**
     * The logarithm of the density of Student's t at its centre over that at a distance, to the power 1.5: one sensor far out says
     * more than many that are a little off.
     *
     * @param squared squared distance from the centre, in variances
     * @param freedom degrees of freedom
     */
    public static double surprise(double squared, double freedom) {
        double ratio = (freedom + 1) / 2 * StrictMath.log1p(squared / freedom);
        return ratio * Math.sqrt(ratio);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(followed);
        out.writeDouble(mean);
        for (double level : baseline) {
            out.writeDouble(level);
        }
    }

    void read(DataInput in) throws IOException {
        followed = in.readInt();
        mean = in.readDouble();
        for (int i = 0; i < baseline.length; i++) {
            baseline[i] = in.readDouble();
        }
        boolean sound = followed >= 0 && followed <= REMEMBERED && mean >= 0 && mean < Double.POSITIVE_INFINITY;
        if (!sound || !Arrays.stream(baseline).allMatch(Double::isFinite)) {
            throw new IOException("damaged state: a baseline of " + followed + " steps, a mean oddness of " + mean);
        }
    }
}
