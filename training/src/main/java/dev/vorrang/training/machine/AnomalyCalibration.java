package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.model.AnomalyBaseline;
import dev.vorrang.scoring.machine.model.AnomalyHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.Well19937c;

/**
 * From oddness to false-alarm rates: conformal, by the oddness of normal rows kept apart. A few hundred rows tell little of what is
 * rare, the less as neighbours are alike; so what they say of it is drawn towards what {@link NormalBehaviour} expects.
 *
 * @param track parameters of the model
 * @param oddness degrees of oddness, rising
 * @param rates rate of each
 * @param rowsApart rows kept apart
 * @param oddAtThreshold share of the rows kept apart that reach the threshold
 */
record AnomalyCalibration(
        AnomalyBaseline.Settings track,
        List<Double> oddness,
        List<Double> rates,
        int rowsApart,
        double oddAtThreshold) {

    /** From this score on a step counts as odd. */
    static final double THRESHOLD = 0.99;

    private static final double[] RATES = {1, 0.5, 0.2, 0.1, 0.05, 0.02};
    /** Beyond the table the rate falls as a power: tenfold for so many times the oddness. */
    private static final double TENTH = 1.93;
    /** What is expected counts as so many rows kept apart. */
    private static final double EXPECTED_ROWS = 1_600;
    /** Barely odd, as a part of what is rare where every feature has wandered as far as it may. */
    private static final double BARELY_ODD = 0.19;
    /** A baseline stops from here on, as a part of barely odd: sooner than the alarm, so that none is missed by getting used to it. */
    private static final double GATE = 0.71;

    private static final int PASSES = 2;
    private static final int DRAWS = 10_000;

    /**
     * Rows kept apart, one after the other.
     *
     * @param behaviour learnt without them
     * @param outputs of the graph
     */
    record Apart(NormalBehaviour behaviour, List<float[]> outputs) {

        private List<AnomalyBaseline.Taken> taken(boolean ownBeginning, double gate, double unit) {
            var track = new AnomalyBaseline(settings(behaviour, ownBeginning, gate, unit));
            return outputs.stream().map(track::next).toList();
        }
    }

    private static AnomalyBaseline.Settings settings(
            NormalBehaviour behaviour, boolean ownBeginning, double gate, double unit) {
        return new AnomalyBaseline.Settings(
                ownBeginning ? List.of() : boxed(behaviour.levels().centres()),
                boxed(behaviour.freedoms()),
                gate,
                unit);
    }

    private static List<Double> boxed(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /**
     * @param behaviour learnt from all rows
     * @param ownBeginning whether levels are compared with each machine's own beginning
     */
    static AnomalyCalibration of(List<Apart> apart, NormalBehaviour behaviour, boolean ownBeginning, long seed) {
        double expected = BARELY_ODD * rare(behaviour, seed);
        // What is barely odd follows from the oddness of rows, which depends on where a baseline stops, which follows
        // from it.
        double barely = expected;
        for (int pass = 0; pass < PASSES; pass++) {
            double before = barely;
            barely = drawn(
                    sorted(
                            apart.stream().flatMap(one -> one.taken(ownBeginning, GATE * before, before).stream()),
                            AnomalyBaseline.Taken::odd),
                    expected);
        }
        double unit = barely;
        double[] sorted = sorted(
                apart.stream().flatMap(one -> one.taken(ownBeginning, GATE * unit, unit).stream()),
                AnomalyBaseline.Taken::left);
        double threshold = drawn(sorted, expected);
        double factor = threshold / seen(sorted, expected);
        var oddness = new ArrayList<Double>();
        var rates = new ArrayList<Double>();
        for (double rate : RATES) {
            double odd = quantile(sorted, 1 - rate) * factor;
            // Of what is tied only the highest rate is told; the first is always, as everything else lies above it.
            if (oddness.isEmpty()) {
                oddness.add(Math.min(odd, threshold / 2));
                rates.add(rate);
            } else if (odd > oddness.get(oddness.size() - 1) && odd < threshold) {
                oddness.add(odd);
                rates.add(rate);
            }
        }
        oddness.addAll(List.of(threshold, threshold * TENTH));
        rates.addAll(List.of(1 - THRESHOLD, (1 - THRESHOLD) / 10));
        double odd = Arrays.stream(sorted).filter(one -> one >= threshold).count() / (double) sorted.length;
        return new AnomalyCalibration(
                settings(behaviour, ownBeginning, GATE * unit, unit),
                List.copyOf(oddness),
                List.copyOf(rates),
                sorted.length,
                odd);
    }

    Map<String, List<Double>> parameters() {
        return AnomalyHead.parameters(track, oddness, rates);
    }

    private static double[] sorted(
            Stream<AnomalyBaseline.Taken> taken, ToDoubleFunction<AnomalyBaseline.Taken> number) {
        return taken.mapToDouble(number).sorted().toArray();
    }

    /** The threshold of the rows kept apart, drawn towards what is expected: a geometric mean, weighted by rows. */
    private static double drawn(double[] sorted, double expected) {
        double weight = sorted.length / (sorted.length + EXPECTED_ROWS);
        return Math.exp(weight * Math.log(seen(sorted, expected)) + (1 - weight) * Math.log(expected));
    }

    private static double seen(double[] sorted, double expected) {
        return Math.max(quantile(sorted, THRESHOLD), 1e-3 * expected);
    }

    private static double quantile(double[] sorted, double level) {
        double place = level * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The oddness that is as rare as the threshold says where every feature is drawn from its Student's t. */
    private static double rare(NormalBehaviour behaviour, long seed) {
        var random = new Well19937c(seed);
        var odd = new double[DRAWS];
        for (double[] freedoms :
                List.of(behaviour.freedoms(), behaviour.restless().freedoms())) {
            for (double freedom : freedoms) {
                var gamma = new GammaDistribution(random, freedom / 2, 2);
                for (int i = 0; i < DRAWS; i++) {
                    double normal = random.nextGaussian();
                    odd[i] += AnomalyBaseline.surprise(normal * normal * freedom / gamma.sample(), freedom);
                }
            }
        }
        Arrays.sort(odd);
        return quantile(odd, THRESHOLD);
    }
}
