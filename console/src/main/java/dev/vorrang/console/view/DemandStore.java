package dev.vorrang.console.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was ordered, and what will be. Thread-safe. */
public interface DemandStore {

    /**
     * Items, those with the most severe open alert first.
     *
     * @param text that their names have; empty for any
     * @param after where the page before ended, as {@link ItemPage#next}
     * @param limit items of the page, 1 to 500
     * @throws IllegalArgumentException if the cursor is not known; the message names field, value and what is allowed
     */
    ItemPage items(String text, Optional<String> after, int limit);

    /** All of an item; empty if it is not known. */
    Optional<ItemDetail> item(String key);

    /**
     * A page of items.
     *
     * @param total items whose names have the text
     * @param next where the next page begins; empty if there is none
     */
    record ItemPage(long total, List<ItemView> items, Optional<String> next) {

        public ItemPage {
            items = List.copyOf(items);
        }
    }

    /**
     * An item as it is now.
     *
     * @param key item, or item@location
     * @param period length of a period: {@code HOUR}, {@code DAY}, {@code WEEK} or {@code STEP}
     * @param origin start of the first period that is forecast
     * @param observed quantities of the last closed periods, the oldest first; null where one is not known
     * @param expected quantities of the next periods
     * @param alerts that are open
     */
    record ItemView(
            String key,
            String period,
            Instant origin,
            List<Double> observed,
            List<Double> expected,
            Optional<StockView> stock,
            List<RecordSummary> alerts) {}

    /** What follows for the stock, as in the forecast's decision. */
    record StockView(
            double stock,
            double onOrder,
            int leadTime,
            Optional<Double> daysOfCover,
            double reorderPoint,
            double orderQuantity,
            double stockoutProbability) {}

    /**
     * An item with its past.
     *
     * @param history closed periods, the oldest first
     * @param fan of the last forecast, in order of time
     * @param alerts open and closed, the newest first, at most 100
     * @param accuracy of earlier forecasts; empty if there are too few
     */
    record ItemDetail(
            ItemView item,
            List<Observed> history,
            List<FanStep> fan,
            List<RecordSummary> alerts,
            Optional<Accuracy> accuracy) {}

    /**
     * A closed period.
     *
     * @param quantity null if it is not known
     * @param expected what was forecast for it, one period ahead; empty if nothing was
     */
    record Observed(Instant time, Optional<Double> quantity, Optional<Double> expected) {}

    /**
     * Forecast of a period.
     *
     * @param quantiles quantity by level, such as {@code 0.9}
     * @param closed whether it is one without business
     * @param people needed to reach the service goal
     */
    record FanStep(
            Instant time, double mean, Map<String, Double> quantiles, boolean closed, Optional<Integer> people) {}

    /**
     * How forecasts one period ahead turned out.
     *
     * @param periods that were compared
     * @param meanAbsoluteError in the unit of the quantities
     * @param bias mean of forecast less quantity
     * @param weightedError sum of the absolute errors by that of the quantities (WAPE); empty if nothing came
     * @param pinballLoss mean of the pinball loss over the quantiles, in the unit of the quantities; empty without quantiles
     * @param coverage by level, such as {@code 0.9}, the share of quantities that were not above the quantile
     */
    record Accuracy(
            int periods,
            double meanAbsoluteError,
            double bias,
            Optional<Double> weightedError,
            Optional<Double> pinballLoss,
            Map<String, Double> coverage) {}
}
