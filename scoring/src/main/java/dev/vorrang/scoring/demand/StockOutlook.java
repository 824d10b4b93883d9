package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandStock;
import dev.vorrang.schemas.StockDecision;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What a forecast means for the stock of an item.
 *
 * <p>The demand over a lead time is taken to be gamma-distributed (Burgin 1975, "The gamma distribution and inventory control"), with
 * the sum of the means; its variance is that of the periods, each from the width of its interval of 80 %, with equal correlation
 * between any two. Stock is looked at every review period and filled up (policy (R,s,S); Silver, Pyke and Thomas 2017, "Inventory and
 * Production Management in Supply Chains", chapter 7): an order is due when stock and what is on order are not above the quantity that
 * lasts over review and lead time with the service level, and fills up to what lasts one review longer. Beyond the horizon the periods
 * are taken to be as the mean of those within it. Immutable.
 *
 * @param leadTime periods from an order to its arrival
 * @param position stock and what is on order
 * @param decision all of it
 */
record StockOutlook(
        int leadTime, double serviceLevel, double position, double stockoutProbability, StockDecision decision) {

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;
    private static final double MIN_SPREAD = 1e-6;

    /** Demand over several periods. */
    private record Sum(double mean, double deviation) {

        /** Probability that it is larger. */
        double exceeds(double quantity) {
            if (mean <= 0) {
                return 0;
            }
            return quantity <= 0 ? 1 : 1 - gamma().cumulativeProbability(quantity);
        }

        /** Quantity that is not exceeded with a probability. */
        double quantile(double probability) {
            return mean <= 0 ? 0 : gamma().inverseCumulativeProbability(probability);
        }

        private GammaDistribution gamma() {
            double spread = Math.max(deviation, MIN_SPREAD * mean);
            double shape = mean * mean / (spread * spread);
            return new GammaDistribution(null, shape, mean / shape);
        }
    }

    /**
     * @param shape has the levels of the quantiles
     * @param closed whether a period of the horizon, counted from 0, is without business
     * @param periodDays length of a period in days
     */
    static StockOutlook of(
            DemandPrediction forecast,
            ForecastShape shape,
            IntPredicate closed,
            double periodDays,
            DemandStock stock,
            StockSettings settings) {
        int leadTime = stock.getLeadTime() == null ? settings.leadTime() : stock.getLeadTime();
        double serviceLevel = stock.getServiceLevel() == null ? settings.serviceLevel() : stock.getServiceLevel();
        var demand = new Demand(forecast, shape, closed, settings.correlation());
        double position = stock.getStock() + stock.getOnOrder();
        double stockout = demand.over(leadTime).exceeds(position);
        double reorderPoint = demand.over(leadTime + settings.review()).quantile(serviceLevel);
        double upTo = demand.over(leadTime + 2 * settings.review()).quantile(serviceLevel);
        var cover = demand.lasts(stock.getStock());
        var decision = StockDecision.newBuilder()
                .setStock(stock.getStock())
                .setOnOrder(stock.getOnOrder())
                .setLeadTime(leadTime)
                .setServiceLevel(serviceLevel)
                .setDaysOfCover(cover.isPresent() ? cover.getAsDouble() * periodDays : null)
                .setReorderPoint(reorderPoint)
                .setOrderQuantity(position <= reorderPoint ? Math.max(0, Math.ceil(upTo - position)) : 0)
                .setStockoutProbability(stockout)
                .build();
        return new StockOutlook(leadTime, serviceLevel, position, stockout, decision);
    }

    /** The periods of a forecast as means and deviations. */
    private static final class Demand {

        private final double[] means;
        private final double[] deviations;
        private final double correlation;

        Demand(DemandPrediction forecast, ForecastShape shape, IntPredicate closed, double correlation) {
            int horizon = forecast.horizon();
            means = new double[horizon];
            deviations = new double[horizon];
            this.correlation = correlation;
            int low = shape.nearest(LOW);
            int high = shape.nearest(HIGH);
            double scores = NORMAL.inverseCumulativeProbability(shape.levels().get(high))
                    - NORMAL.inverseCumulativeProbability(shape.levels().get(low));
            for (int step = 0; step < horizon; step++) {
                if (!closed.test(step)) {
                    float[] row = forecast.quantiles()[step];
                    means[step] = Math.max(0, forecast.mean()[step]);
                    // With a single level there is no distance: as a Poisson distribution.
                    deviations[step] = high > low ? (row[high] - row[low]) / scores : Math.sqrt(means[step]);
                }
            }
        }

        Sum over(int periods) {
            double mean = 0;
            double independent = 0;
            double together = 0;
            int within = Math.min(periods, means.length);
            for (int step = 0; step < within; step++) {
                mean += means[step];
                independent += deviations[step] * deviations[step];
                together += deviations[step];
            }
            double longer = within == 0 ? 0 : (double) periods / within;
            double variance =
                    (1 - correlation) * independent * longer + correlation * together * together * longer * longer;
            return new Sum(mean * longer, Math.sqrt(variance));
        }

        /** Periods for which a stock lasts at the mean; empty if that is beyond the horizon. */
        OptionalDouble lasts(double stock) {
            double left = stock;
            for (int step = 0; step < means.length; step++) {
                if (left <= 0) {
                    return OptionalDouble.of(step);
                }
                if (means[step] > left) {
                    return OptionalDouble.of(step + left / means[step]);
                }
                left -= means[step];
            }
            return OptionalDouble.empty();
        }
    }
}
