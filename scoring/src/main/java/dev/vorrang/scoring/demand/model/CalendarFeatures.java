package dev.vorrang.scoring.demand.model;

import java.time.LocalDateTime;

/** Where a period stands in day, week, month and year, as numbers from -1 to 1. */
final class CalendarFeatures {

    static final int COUNT = 23;

    private static final int DAYS = 7;

    private CalendarFeatures() {}

    /**
     * @param start of the period; null without a calendar, and all numbers are 0 then
     */
    static void write(DemandPeriod period, LocalDateTime start, FeatureRow row) {
        if (start == null || !period.hasCalendar()) {
            row.skip(COUNT);
            return;
        }
        boolean hours = period == DemandPeriod.HOUR;
        boolean days = hours || period == DemandPeriod.DAY;
        wave(row, hours ? start.getHour() / 24.0 : Double.NaN, 2);
        for (int day = 1; day <= DAYS; day++) {
            row.add(days && start.getDayOfWeek().getValue() == day ? 1 : 0);
        }
        wave(row, days ? (start.getDayOfMonth() - 1.0) / start.toLocalDate().lengthOfMonth() : Double.NaN, 2);
        wave(row, (start.getDayOfYear() - 1.0) / start.toLocalDate().lengthOfYear(), 4);
    }

    /** Sine and cosine of a share of a cycle and of its multiples. */
    private static void wave(FeatureRow row, double share, int multiples) {
        for (int multiple = 1; multiple <= multiples; multiple++) {
            double angle = 2 * Math.PI * multiple * share;
            row.add(Double.isNaN(share) ? 0 : Math.sin(angle));
            row.add(Double.isNaN(share) ? 0 : Math.cos(angle));
        }
    }
}
