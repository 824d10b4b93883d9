package dev.vorrang.scoring.machine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How often something normal is as odd as a given degree of oddness. Between the rates that were counted it is interpolated along
 * their logarithm, above them it falls as a power of the oddness, so that no two degrees ever have the same rate. Immutable.
 */
final class FalseAlarmRate {

    /** Names of the card's parameters. */
    static final String ODDNESS = "calibration.oddness";

    static final String RATES = "calibration.rates";
    private static final double MIN_RATE = 1e-14;

    private final double[] oddness;
    private final double[] logRates;
    private final double power;

    /**
     * @param oddness rising, two or more
     * @param rates rate of normal steps that are as odd or more, falling, above 0 and at most 1
     */
    FalseAlarmRate(double[] oddness, double[] rates) {
        boolean sound = oddness.length >= 2 && oddness.length == rates.length && oddness[oddness.length - 1] > 0;
        for (int i = 0; i < rates.length && sound; i++) {
            sound = rates[i] > 0 && rates[i] <= 1 && (i == 0 || rates[i] < rates[i - 1] && oddness[i] > oddness[i - 1]);
        }
        if (!sound) {
            throw new IllegalArgumentException("field 'parameters." + ODDNESS + "' is " + Arrays.toString(oddness)
                    + " with rates " + Arrays.toString(rates)
                    + ", allowed: two numbers or more that rise, the last above 0, with rates that fall, above 0 to 1");
        }
        this.oddness = oddness.clone();
        this.logRates = Arrays.stream(rates).map(Math::log).toArray();
        int last = rates.length - 1;
        double slope = (logRates[last] - logRates[last - 1]) / (oddness[last] - oddness[last - 1]);
        // The slope goes on as it was where the table ends.
        this.power = Math.min(8, Math.max(0.5, -slope * oddness[last]));
    }

    static FalseAlarmRate of(MachineCard card) {
        return new FalseAlarmRate(card.parameter(ODDNESS), card.parameter(RATES));
    }

    /** The rate, above 0 and at most 1; it falls as the oddness rises. */
    double of(double odd) {
        int last = oddness.length - 1;
        if (odd <= oddness[0]) {
            return Math.exp(logRates[0]);
        }
        if (odd > oddness[last]) {
            return Math.max(MIN_RATE, Math.exp(logRates[last] - power * Math.log(odd / oddness[last])));
        }
        int above = 1;
        while (oddness[above] < odd) {
            above++;
        }
        double part = (odd - oddness[above - 1]) / (oddness[above] - oddness[above - 1]);
        return Math.exp(logRates[above - 1] + part * (logRates[above] - logRates[above - 1]));
    }

    /**
     * What a card needs for a table.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Map<String, List<Double>> parameters(List<Double> oddness, List<Double> rates) {
        new FalseAlarmRate(
                oddness.stream().mapToDouble(Double::doubleValue).toArray(),
                rates.stream().mapToDouble(Double::doubleValue).toArray());
        return Map.of(ODDNESS, List.copyOf(oddness), RATES, List.copyOf(rates));
    }

    /** What a card needs for degrees of oddness that were seen where all was normal. */
    static Map<String, List<Double>> parameters(double[] normal) {
        double[] sorted = Arrays.stream(normal).sorted().toArray();
        var odd = new ArrayList<Double>();
        var rates = new ArrayList<Double>();
        for (double rate : new double[] {1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 5e-4, 2e-4, 1e-4}) {
            // Fewer than ten cases beyond a point tell little of its rate.
            if (rate * sorted.length >= 10 || rates.size() < 2) {
                double at = sorted[(int) Math.min(sorted.length - 1.0, Math.ceil((1 - rate) * (sorted.length - 1)))];
                if (odd.isEmpty() || at > odd.get(odd.size() - 1) + 1e-9) {
                    odd.add(at);
                    rates.add(rate);
                }
            }
        }
        return Map.of(ODDNESS, odd, RATES, rates);
    }
}
