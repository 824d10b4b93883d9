package dev.vorrang.scoring.demand.model;

/** What a model reads of an item as a whole: its last values and errors in units of the scale, and what kind of series it is. */
final class SeriesFeatures {

    private static final int LAST = 28;
    private static final int OWN = 18;

    static final int COUNT = 2 * LAST + OWN + Smoothing.COUNT + DemandPeriod.values().length;

    private SeriesFeatures() {}

    static float[] of(Decomposition parts, DemandFrame frame) {
        var row = new FeatureRow(COUNT);
        int length = parts.series.length;
        double level = parts.smoothing.level();
        double[] errors = parts.smoothing.errors();
        for (int back = 1; back <= LAST; back++) {
            row.addSquashed(back > length ? 0 : errors[length - back] / parts.scale);
            row.addSquashed(back > length ? 0 : (parts.series[length - back] - level) / parts.scale);
        }
        for (int rate = 0; rate < Smoothing.COUNT; rate++) {
            row.addSquashed((parts.smoothing.level(rate) - level) / parts.scale);
        }
        for (DemandPeriod period : DemandPeriod.values()) {
            row.add(frame.period() == period ? 1 : 0);
        }
        kind(parts, row);
        errors(parts, errors, row);
        return row.full();
    }

    private static void kind(Decomposition parts, FeatureRow row) {
        double[] series = parts.series;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        int zeros = 0;
        int lateZeros = 0;
        int sinceDemand = 0;
        for (int t = 0; t < series.length; t++) {
            double size = Math.abs(series[t]);
            if (Double.isNaN(size)) {
                continue;
            }
            if (size > 0) {
                smallest = Math.min(smallest, size);
                largest = Math.max(largest, size);
                sinceDemand = 0;
            } else {
                zeros++;
                lateZeros += t >= series.length - 14 ? 1 : 0;
                sinceDemand++;
            }
        }
        double size = parts.size;
        row.add(size > 0 ? Math.log(parts.scale / size) : 0);
        row.add(largest > 0 && size > 0 ? Math.log(smallest / size) / 3 : 0);
        row.add(largest > 0 && size > 0 ? Math.log(largest / size) : 0);
        row.add(parts.observed == 0 ? 0 : (double) zeros / parts.observed);
        row.add(lateZeros / 14.0);
        row.add(Math.log1p(sinceDemand) / 3);
        row.add(Math.log1p(parts.observed) / 4);
        row.add(parts.observed == 0 ? 1 : 0);
        row.add(series.length == 0 ? 0 : 1 - (double) parts.observed / series.length);
        row.add(Math.log(parts.season) / 3);
        row.add(parts.longSeason == 0 ? 0 : 1);
        row.add(parts.longSeason > 0 && series.length >= parts.longSeason ? 1 : 0);
        row.add(parts.smoothing.rate());
        row.addSquashed(parts.slope * parts.season / parts.scale);
        row.add(sinceDemand > 0 && parts.observed > 0 ? 1 : 0);
    }

    private static void errors(Decomposition parts, double[] errors, FeatureRow row) {
        int length = errors.length;
        double late = 0;
        int count = 0;
        double atOne = 0;
        double atSeason = 0;
        double squares = 0;
        for (int t = 0; t < length; t++) {
            if (!Double.isNaN(errors[t])) {
                squares += errors[t] * errors[t];
                atOne += t < 1 || Double.isNaN(errors[t - 1]) ? 0 : errors[t] * errors[t - 1];
                int before = t - parts.season;
                atSeason += before < 0 || Double.isNaN(errors[before]) ? 0 : errors[t] * errors[before];
                late += t >= length - 10 ? Math.abs(errors[t]) : 0;
                count += t >= length - 10 ? 1 : 0;
            }
        }
        row.add(squares > 0 ? atOne / squares : 0);
        row.add(squares > 0 ? atSeason / squares : 0);
        row.add(Math.log((late + parts.scale) / ((count + 1) * parts.scale)));
    }
}
