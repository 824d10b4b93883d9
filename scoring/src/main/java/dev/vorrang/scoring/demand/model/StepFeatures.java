package dev.vorrang.scoring.demand.model;

import java.time.LocalDateTime;

/**
 * What a model reads of one period that is forecast: simple forecasts of it, and how far from the base forecast they, values of
 * earlier seasons and zero lie, in units of the scale; the calendar; what is known in advance.
 */
final class StepFeatures {

    /** Simple forecasts; the first is the base forecast. */
    static final int CANDIDATES = 14;

    private static final int LAGS = 4;
    private static final int LONG_LAGS = 2;
    private static final int OWN = 11;
    private static final int OF_A_NAME = 6;

    private final Decomposition parts;
    private final DemandFrame frame;
    private final LocalDateTime origin;
    private final double[] errorByPlace;
    private final double[] biasByPlace;

    StepFeatures(Decomposition parts, DemandFrame frame, LocalDateTime origin) {
        this.parts = parts;
        this.frame = frame;
        this.origin = origin;
        errorByPlace = new double[parts.season];
        biasByPlace = new double[parts.season];
        learnPlaces();
    }

    /** Features of a step of a model that knows so many things in advance. */
    static int count(int names) {
        return OWN + LAGS + LONG_LAGS * 3 + CANDIDATES + CalendarFeatures.COUNT + OF_A_NAME * names;
    }

    private void learnPlaces() {
        var counts = new int[parts.season];
        double[] errors = parts.smoothing.errors();
        for (int t = 0; t < errors.length; t++) {
            if (!Double.isNaN(errors[t])) {
                int place = parts.profile.place(t - errors.length);
                errorByPlace[place] += Math.abs(errors[t]);
                biasByPlace[place] += errors[t];
                counts[place]++;
            }
        }
        for (int place = 0; place < counts.length; place++) {
            errorByPlace[place] = (errorByPlace[place] + parts.scale) / (counts[place] + 1);
            biasByPlace[place] /= counts[place] + 1;
        }
    }

    /**
     * The simple forecasts of a period, relative to the level.
     *
     * @param period 0 for the first that is forecast
     * @return in units of the scale
     */
    float[] candidates(int period) {
        var row = new FeatureRow(CANDIDATES);
        double level = parts.smoothing.level();
        double base = parts.base(period);
        double[] forecasts = {
            base,
            parts.raw.level(),
            parts.raw.level(Smoothing.COUNT - 1),
            parts.raw.level(2),
            or(parts.lag(period, parts.season, 1), base),
            meanOfLags(period, base),
            or(parts.lag(period, parts.longSeason, 1), base),
            or(parts.levelledLag(period, parts.longSeason, 1), base),
            or(
                    (parts.levelledLag(period, parts.longSeason, 1) + parts.levelledLag(period, parts.longSeason, 2))
                            / 2,
                    base),
            level * parts.profile.factor()[parts.profile.place(period)],
            parts.damped(period),
            base + 0.5 * parts.slope * (period + 1),
            parts.mean + parts.added(period),
            0
        };
        for (double forecast : forecasts) {
            row.add((forecast - level) / parts.scale);
        }
        return row.full();
    }

    private double meanOfLags(int period, double otherwise) {
        double sum = 0;
        int count = 0;
        for (int back = 1; back <= LAGS; back++) {
            double value = parts.lag(period, parts.season, back);
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? otherwise : sum / count;
    }

    private static double or(double value, double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }

    /** The features of a period. */
    float[] of(int period, float[] candidates) {
        var row = new FeatureRow(count(parts.effects.names()));
        int place = parts.profile.place(period);
        double scale = parts.scale;
        double base = parts.base(period);
        row.add(Math.log1p(period) / 3);
        row.add(Math.min(4, (double) period / parts.season));
        row.add(period == 0 ? 1 : 0);
        row.add(parts.longSeason == 0 ? 0 : Math.min(2, (double) period / parts.longSeason));
        row.addSquashed(parts.profile.added()[place] / scale);
        row.addSquashed(parts.effects.effect(period) / scale);
        row.addSquashed(base / scale);
        row.add(Math.log(errorByPlace[place] / scale));
        row.addSquashed(biasByPlace[place] / scale);
        row.addSquashed(parts.slope * (period + 1) / scale);
        row.addSquashed((parts.damped(period) - base) / scale);
        for (int back = 1; back <= LAGS; back++) {
            row.addSquashed((parts.lag(period, parts.season, back) - base) / scale);
        }
        for (int back = 1; back <= LONG_LAGS; back++) {
            row.addSquashed((parts.levelledLag(period, parts.longSeason, back) - base) / scale);
            row.addSquashed((parts.levelledLag(period - 1, parts.longSeason, back) - parts.base(period - 1)) / scale);
            row.addSquashed((parts.levelledLag(period + 1, parts.longSeason, back) - parts.base(period + 1)) / scale);
        }
        for (float candidate : candidates) {
            row.addSquashed(candidate - candidates[0]);
        }
        boolean dated = origin != null && frame.period().hasCalendar();
        CalendarFeatures.write(frame.period(), dated ? frame.period().plus(origin, period) : null, row);
        for (int name = 0; name < parts.effects.names(); name++) {
            row.addSquashed(parts.effects.value(name, period));
            row.addSquashed(parts.effects.standardised(name, period));
            row.addSquashed(parts.effects.standardised(name, period - 1));
            row.addSquashed(parts.effects.standardised(name, period - 2));
            row.addSquashed(parts.effects.standardised(name, period + 1));
            row.addSquashed(parts.effects.effect(name, period) / scale);
        }
        return row.full();
    }
}
