package dev.vorrang.console.demand;

import dev.vorrang.console.demand.ItemBlock.Period;
import dev.vorrang.console.view.DemandStore.Accuracy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Compares what was forecast for periods with what came. */
final class ForecastAccuracy {

    /** Fewer periods say nothing. */
    private static final int FEWEST = 10;

    private ForecastAccuracy() {}

    /**
     * The figures; empty if there are too few periods to compare.
     *
     * @param periods those that are closed
     */
    static Optional<Accuracy> of(Collection<Period> periods) {
        List<Period> compared = periods.stream().filter(Period::isCompared).toList();
        if (compared.size() < FEWEST) {
            return Optional.empty();
        }
        double quantities = 0;
        double errors = 0;
        double bias = 0;
        double pinball = 0;
        long quantiles = 0;
        var within = new TreeMap<String, Integer>();
        var counted = new TreeMap<String, Integer>();
        for (Period period : compared) {
            quantities += Math.abs(period.quantity());
            errors += Math.abs(period.expected() - period.quantity());
            bias += period.expected() - period.quantity();
            for (int i = 0; i < period.quantiles().length; i++) {
                double above = period.quantity() - period.quantiles()[i];
                double level = period.levels()[i];
                pinball += Math.max(level * above, (level - 1) * above);
                quantiles++;
                String name = Float.toString(period.levels()[i]);
                counted.merge(name, 1, Integer::sum);
                within.merge(name, above <= 0 ? 1 : 0, Integer::sum);
            }
        }
        var coverage = new TreeMap<String, Double>();
        counted.forEach((level, count) -> coverage.put(level, within.get(level) / (double) count));
        int count = compared.size();
        return Optional.of(new Accuracy(
                count,
                errors / count,
                bias / count,
                quantities == 0 ? Optional.empty() : Optional.of(errors / quantities),
                quantiles == 0 ? Optional.empty() : Optional.of(pinball / quantiles),
                coverage));
    }
}
