package dev.vorrang.scoring.demand;

import static dev.vorrang.scoring.demand.StockSettings.check;

import dev.vorrang.scoring.demand.model.DemandPeriod;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * How observations become series, and forecasts decisions.
 *
 * @param calendar how periods count
 * @param grace how long after its end a period is closed, 0 or more: what arrives until then still counts as in time
 * @param longestGap time by which a record may lie ahead of those before it, above 0; a longer jump must be confirmed
 * @param discontinuedAfter periods without demand after which an item is forecast no more, 1 or more
 * @param largestQuantity of one observation, above 0
 * @param alerts when alerts are raised
 * @param stock how stock is replenished
 * @param staffing people for what comes in an hour; empty without
 * @param counts what of other streams is counted as demand
 */
public record DemandSettings(
        DemandCalendar calendar,
        Duration grace,
        Duration longestGap,
        int discontinuedAfter,
        double largestQuantity,
        DemandAlertSettings alerts,
        StockSettings stock,
        Optional<Staffing> staffing,
        DemandCounts counts) {

    public DemandSettings {
        Objects.requireNonNull(calendar, "calendar");
        Objects.requireNonNull(alerts, "alerts");
        Objects.requireNonNull(stock, "stock");
        Objects.requireNonNull(staffing, "staffing");
        Objects.requireNonNull(counts, "counts");
        check("grace in seconds", grace.toSeconds(), !grace.isNegative(), "0 or more");
        check("longestGap in seconds", longestGap.toSeconds(), longestGap.toSeconds() >= 1, "1 or more");
        check("discontinuedAfter", discontinuedAfter, discontinuedAfter >= 1, "1 or more");
        check(
                "largestQuantity",
                largestQuantity,
                largestQuantity > 0 && Double.isFinite(largestQuantity),
                "above 0, finite");
        if (staffing.isPresent() && calendar.period() != DemandPeriod.HOUR) {
            throw new IllegalArgumentException(
                    "staffing with period " + calendar.period() + ": allowed is HOUR, for which people are planned");
        }
    }

    /** No grace, gaps up to 31 days, discontinued after 90 periods, less than 10^9 in one observation, no staffing. */
    public static DemandSettings of(DemandPeriod period, ZoneId zone) {
        return new DemandSettings(
                DemandCalendar.of(period, zone),
                Duration.ZERO,
                Duration.ofDays(31),
                90,
                999_999_999,
                DemandAlertSettings.defaults(),
                StockSettings.defaults(),
                Optional.empty(),
                DemandCounts.NONE);
    }

    public DemandSettings withCalendar(DemandCalendar other) {
        return new DemandSettings(
                other, grace, longestGap, discontinuedAfter, largestQuantity, alerts, stock, staffing, counts);
    }

    public DemandSettings withGrace(Duration time) {
        return new DemandSettings(
                calendar, time, longestGap, discontinuedAfter, largestQuantity, alerts, stock, staffing, counts);
    }

    public DemandSettings withDiscontinuedAfter(int periods) {
        return new DemandSettings(
                calendar, grace, longestGap, periods, largestQuantity, alerts, stock, staffing, counts);
    }

    public DemandSettings withStaffing(Staffing people) {
        return new DemandSettings(
                calendar,
                grace,
                longestGap,
                discontinuedAfter,
                largestQuantity,
                alerts,
                stock,
                Optional.of(people),
                counts);
    }

    public DemandSettings withCounts(DemandCounts others) {
        return new DemandSettings(
                calendar, grace, longestGap, discontinuedAfter, largestQuantity, alerts, stock, staffing, others);
    }
}
