package dev.vorrang.training.machine;

import dev.vorrang.scoring.model.Habituation;
import dev.vorrang.scoring.model.WindowAnomalyModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.Well19937c;

/**
 * From oddness to false-alarm rates: conformal, by the oddness of normal rows kept apart. A few hundred rows tell little of what is
 * rare, the less as neighbours are alike; so what they say of it is drawn towards what {@link NormalBehaviour} expects.
 *
 * @param habituation parameter of the model
 * @param oddness degrees of oddness, rising
 * @param rates rate of each
 * @param oddAtThreshold share of the rows kept apart that reach the threshold
 */
record AnomalyCalibration(Habituation habituation, List<Double> oddness, List<Double> rates, double oddAtThreshold) {

    /** From this score on a step counts as odd. */
    static final double THRESHOLD = 0.99;

    private static final double[] RATES = {1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01};
    /** Beyond the table the rate falls as a power: tenfold for so many times the oddness. */
    private static final double TENTH = 1.93;
    /** What is expected counts as so many rows kept apart. */
    private static final double EXPECTED_ROWS = 800;
    /** Barely odd, as a part of what is as rare where every feature has wandered as far as it may. */
    private static final double BARELY_ODD = 0.16;

    private static final int DRAWS = 10_000;

    /** @param apart oddness of rows kept apart, by series, in their order */
    static AnomalyCalibration of(List<double[]> apart, NormalBehaviour behaviour, long seed) {
        double expected = BARELY_ODD * rareExpected(behaviour, seed);
        double unit = drawn(apart, expected);
        Habituation habituation = Habituation.of(unit);
        List<double[]> left = apart.stream()
                .map(series -> {
                    Habituation own = Habituation.of(unit);
                    return Arrays.stream(series).map(own::next).toArray();
                })
                .toList();
        double[] sorted = sorted(left);
        double factor = drawn(left, expected) / seen(sorted, expected);
        var oddness = new ArrayList<Double>();
        var rates = new ArrayList<Double>();
        for (double rate : RATES) {
            double odd = quantile(sorted, 1 - rate) * factor;
            // A tie would leave the rate undefined.
            if (oddness.isEmpty() || odd > oddness.get(oddness.size() - 1)) {
                oddness.add(odd);
                rates.add(rate);
            }
        }
        double last = oddness.get(oddness.size() - 1);
        oddness.add(last * TENTH);
        rates.add(rates.get(rates.size() - 1) / 10);
        double odd = Arrays.stream(sorted).filter(one -> one >= last).count() / (double) sorted.length;
        return new AnomalyCalibration(habituation, List.copyOf(oddness), List.copyOf(rates), odd);
    }

    Map<String, List<Double>> parameters() {
        return WindowAnomalyModel.parameters(habituation, oddness, rates);
    }

    /** The threshold of the rows kept apart, drawn towards what is expected: a geometric mean, weighted by rows. */
    private static double drawn(List<double[]> apart, double expected) {
        double[] sorted = sorted(apart);
        double weight = sorted.length / (sorted.length + EXPECTED_ROWS);
        return Math.exp(weight * Math.log(seen(sorted, expected)) + (1 - weight) * Math.log(expected));
    }

    private static double seen(double[] sorted, double expected) {
        return Math.max(quantile(sorted, THRESHOLD), 1e-3 * expected);
    }

    private static double[] sorted(List<double[]> series) {
        return series.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    }

    private static double quantile(double[] sorted, double level) {
        double place = level * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The oddness at the threshold where every feature is drawn from its Student's t. */
    private static double rareExpected(NormalBehaviour behaviour, long seed) {
        var random = new Well19937c(seed);
        var odd = new double[DRAWS];
        for (int feature = 0; feature < 2 * behaviour.sensors(); feature++) {
            float freedom = behaviour.freedom(feature);
            var gamma = new GammaDistribution(random, freedom / 2.0, 2);
            for (int i = 0; i < DRAWS; i++) {
                double normal = random.nextGaussian();
                odd[i] += NormalBehaviour.surprise(normal * normal * freedom / gamma.sample(), freedom);
            }
        }
        Arrays.sort(odd);
        return quantile(odd, THRESHOLD);
    }
}
