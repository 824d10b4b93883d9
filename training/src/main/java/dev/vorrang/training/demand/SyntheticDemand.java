package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandFrame;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes series of demand of many kinds, so that a general model has seen more than one shop: levels that stay, drift, trend or jump;
 * seasons of one or two lengths, smooth or by place, that add or multiply; steady, scattered, counted and intermittent demand; surges
 * and closed periods. The same seed gives the same series. For one thread.
 */
final class SyntheticDemand {

    private static final LocalDateTime FIRST = LocalDateTime.of(2018, 1, 1, 0, 0);
    private static final int HARMONICS = 4;

    /** What becomes of the expected demand of a period. */
    private enum Kind {
        /** Measured quantities with a small relative error, such as energy or visitors. */
        MEASURED,
        /** Many orders, which scatter more than chance alone. */
        COUNTED,
        /** Few orders, most periods without any. */
        INTERMITTENT,
        /** A level that wanders, without a season. */
        WANDERING
    }

    private final Random random;

    SyntheticDemand(Random random) {
        this.random = random;
    }

    /**
     * @param count items
     * @param intermittent share of the items that are
     */
    List<DemandSeries> series(DemandFrame frame, int count, double intermittent) {
        var series = new ArrayList<DemandSeries>();
        for (int item = 0; item < count; item++) {
            int length = (int) (frame.context() * (0.5 + 2 * random.nextDouble())) + 2 * frame.horizon();
            boolean dated = frame.period().hasCalendar();
            var start = dated ? frame.period().startOf(FIRST.plusDays(random.nextInt(2000))) : null;
            float[] quantities = quantities(frame, length, kind(intermittent));
            series.add(new DemandSeries("s" + item, quantities, start, 0, new float[length][0]));
        }
        return series;
    }

    private Kind kind(double intermittent) {
        if (random.nextDouble() < intermittent) {
            return Kind.INTERMITTENT;
        }
        double drawn = random.nextDouble();
        return drawn < 0.5 ? Kind.MEASURED : drawn < 0.8 ? Kind.COUNTED : Kind.WANDERING;
    }

    private float[] quantities(DemandFrame frame, int length, Kind kind) {
        double[] level = level(length, kind, frame.season());
        double[] season = season(frame.season(), kind == Kind.WANDERING ? 0.03 : 0.1 + 0.5 * random.nextDouble());
        double[] longSeason = longSeason(frame);
        boolean multiplies = random.nextBoolean();
        double noise = 0.01 + 0.12 * random.nextDouble() * random.nextDouble();
        double memory = random.nextDouble() < 0.5 ? 0 : 0.9 * random.nextDouble();
        double persistent = 0;
        double base = level[0];
        double spread = 0.3 + 2 * random.nextDouble();
        double order = 1 + (random.nextBoolean() ? 0 : 5 * random.nextDouble());
        double surges = random.nextDouble() < 0.3 ? 0.01 : 0;
        var quantities = new float[length];
        for (int t = 0; t < length; t++) {
            double rhythm = season[t % season.length] + longSeason[t % longSeason.length];
            double expected = multiplies ? level[t] * Math.exp(rhythm) : level[t] + base * rhythm;
            expected = Math.max(0, expected * (random.nextDouble() < surges ? 1 + 3 * random.nextDouble() : 1));
            persistent = memory * persistent + noise * Math.sqrt(1 - memory * memory) * random.nextGaussian();
            quantities[t] = (float)
                    switch (kind) {
                        case MEASURED, WANDERING -> Math.max(0, expected * (1 + persistent));
                        case COUNTED -> count(expected * Math.exp(persistent), spread);
                        case INTERMITTENT -> order(expected, spread, order);
                    };
        }
        return quantities;
    }

    private double[] level(int length, Kind kind, int season) {
        double start =
                switch (kind) {
                    case INTERMITTENT -> Math.exp(Math.log(0.05) + random.nextDouble() * Math.log(40));
                    case COUNTED -> Math.exp(random.nextDouble() * Math.log(300));
                    default -> Math.exp(random.nextGaussian() * 2 + 5);
                };
        double drift = kind == Kind.WANDERING
                ? 0.003 + 0.03 * random.nextDouble() * random.nextDouble()
                : random.nextDouble() < 0.5 ? 0 : 0.06 * random.nextDouble() / Math.sqrt(season);
        double trend = random.nextDouble() < 0.4 ? random.nextGaussian() * 0.5 / length : 0;
        double jumps = random.nextDouble() < 0.3 ? 2.0 / length : 0;
        var level = new double[length];
        double log = Math.log(start);
        for (int t = 0; t < length; t++) {
            log += trend + drift * random.nextGaussian();
            log += random.nextDouble() < jumps ? 0.6 * random.nextGaussian() : 0;
            level[t] = Math.exp(Math.min(log, 25));
        }
        return level;
    }

    /** By place, with mean 0. */
    private double[] season(int length, double strength) {
        var season = new double[Math.max(1, length)];
        if (length < 2 || random.nextDouble() < 0.15) {
            return season;
        }
        boolean smooth = length > 7 && random.nextDouble() < 0.8;
        for (int harmonic = 1; smooth && harmonic <= HARMONICS; harmonic++) {
            double phase = 2 * Math.PI * random.nextDouble();
            double size = strength * random.nextGaussian() / harmonic;
            for (int place = 0; place < length; place++) {
                season[place] += size * Math.sin(2 * Math.PI * harmonic * place / length + phase);
            }
        }
        for (int place = 0; place < length; place++) {
            season[place] += (smooth ? 0.15 : 1) * strength * random.nextGaussian();
        }
        double mean = Arrays.stream(season).average().orElse(0);
        for (int place = 0; place < length; place++) {
            season[place] -= mean;
        }
        return season;
    }

    /** Of each of the short seasons within the long one, and within them less on some: a weekend. */
    private double[] longSeason(DemandFrame frame) {
        int length = frame.longSeason();
        if (length == 0 || random.nextDouble() < 0.3) {
            return new double[1];
        }
        if (frame.season() == 7) {
            return season(length, 0.3 * random.nextDouble());
        }
        var season = new double[length];
        int parts = length / frame.season();
        for (int part = 0; part < parts; part++) {
            double less = part >= parts - 2 ? -0.5 * random.nextDouble() : 0.05 * random.nextGaussian();
            double[] own = season(frame.season(), 0.1 * random.nextDouble());
            for (int place = 0; place < frame.season(); place++) {
                season[part * frame.season() + place] = less + own[place];
            }
        }
        return season;
    }

    /** Negative binomial: a Poisson count whose mean scatters (Greenwood and Yule, 1920). */
    private double count(double expected, double spread) {
        double scatter = Math.exp(0.3 * spread * random.nextGaussian() - 0.045 * spread * spread);
        return poisson(expected * scatter);
    }

    private double order(double expected, double spread, double size) {
        double orders = count(expected / size, spread);
        double sum = 0;
        for (int order = 0; order < orders; order++) {
            sum += size == 1 ? 1 : 1 + poisson(size - 1);
        }
        return sum;
    }

    private double poisson(double mean) {
        if (mean > 60) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double product = random.nextDouble();
        double limit = Math.exp(-mean);
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
