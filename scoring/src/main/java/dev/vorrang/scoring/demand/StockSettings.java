package dev.vorrang.scoring.demand;

/**
 * How stock is replenished where an item's record says nothing else.
 *
 * @param leadTime periods from an order to its arrival, 1 or more
 * @param review periods between two looks at the stock, which an order must last for as well, 0 or more
 * @param serviceLevel probability aimed at that the stock lasts until an order arrives, 0.5 or more and below 1
 * @param correlation of the errors of two periods of a forecast, 0 (independent) to 1 (all go wrong together)
 */
public record StockSettings(int leadTime, int review, double serviceLevel, double correlation) {

    static final int MAX_PERIODS = 10_000;

    public StockSettings {
        check("leadTime", leadTime, leadTime >= 1 && leadTime <= MAX_PERIODS, "1 to " + MAX_PERIODS);
        check("review", review, review >= 0 && review <= MAX_PERIODS, "0 to " + MAX_PERIODS);
        check("serviceLevel", serviceLevel, serviceLevel >= 0.5 && serviceLevel < 1, "0.5 or more, below 1");
        check("correlation", correlation, correlation >= 0 && correlation <= 1, "0 to 1");
    }

    /** A lead time of 7 periods, looked at every period, to last with a probability of 0.95; errors correlate with 0.2. */
    public static StockSettings defaults() {
        return new StockSettings(7, 1, 0.95, 0.2);
    }

    static void check(String name, double value, boolean holds, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + value + ": allowed is " + allowed);
        }
    }
}
