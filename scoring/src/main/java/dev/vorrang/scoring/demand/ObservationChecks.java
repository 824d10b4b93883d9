package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.DemandStock;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.scoring.engine.RecordInfo;
import java.time.Instant;
import java.util.Map;

/** Refuses what is no observation. Immutable. */
final class ObservationChecks {

    /** Periods by which something may be known in advance. */
    static final int MAX_AHEAD = 2_000;

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final DemandSettings settings;

    ObservationChecks(DemandSettings settings) {
        this.settings = settings;
    }

    /**
     * @return the series that it belongs to
     * @throws IllegalArgumentException if it belongs to none, or a value is none
     */
    SeriesKey check(DemandObservation observation, RecordInfo record) {
        SeriesKey key = SeriesKey.of(observation.getItem(), observation.getLocation());
        String stands = record.key()
                .orElseThrow(() -> new IllegalArgumentException("key is null: allowed is the item, or item@location"));
        require(stands.equals(key.toString()), "key", stands, "the observation's item and location, '" + key + "'");
        Instant time = observation.getTime();
        require(!time.isBefore(EARLIEST) && time.isBefore(LATEST), "time", time, EARLIEST + " to " + LATEST);
        if (observation.getKind() == DemandKind.PLAN) {
            require(observation.getQuantity() == null, "quantity", observation.getQuantity(), "none in a PLAN");
        } else {
            quantity(observation.getQuantity());
        }
        for (Map.Entry<String, Double> value : observation.getKnown().entrySet()) {
            require(Double.isFinite(value.getValue()), "known." + value.getKey(), value.getValue(), "a finite number");
        }
        return key;
    }

    private void quantity(Double quantity) {
        require(quantity != null && Double.isFinite(quantity), "quantity", quantity, "a finite number");
        require(
                Math.abs(quantity) <= settings.largestQuantity(),
                "quantity",
                quantity,
                "at most " + settings.largestQuantity() + ", as streams.demand.largest-quantity says");
    }

    /** @param closedTo first period that is not closed */
    void checkPlan(long index, long closedTo) {
        require(
                index <= closedTo + MAX_AHEAD,
                "time",
                settings.calendar().start(index),
                "at most " + MAX_AHEAD + " periods ahead of "
                        + settings.calendar().start(closedTo));
    }

    /** @throws IllegalArgumentException if a value of it is none */
    DemandStock check(DemandStock stock) {
        require(Double.isFinite(stock.getStock()), "stock", stock.getStock(), "a finite number");
        require(
                Double.isFinite(stock.getOnOrder()) && stock.getOnOrder() >= 0,
                "onOrder",
                stock.getOnOrder(),
                "0 or more, finite");
        Integer leadTime = stock.getLeadTime();
        require(
                leadTime == null || leadTime >= 1 && leadTime <= StockSettings.MAX_PERIODS,
                "leadTime",
                leadTime,
                "1 to " + StockSettings.MAX_PERIODS);
        Double level = stock.getServiceLevel();
        require(level == null || level >= 0.5 && level < 1, "serviceLevel", level, "0.5 or more, below 1");
        return stock;
    }

    private static void require(boolean holds, String field, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(field + " '" + value + "': allowed is " + allowed);
        }
    }
}
