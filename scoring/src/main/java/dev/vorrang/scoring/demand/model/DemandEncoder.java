package dev.vorrang.scoring.demand.model;

import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns the window of one item into the numbers that a graph reads, and its answer back into demand. All numbers are relative to the
 * item's own level and scale, so that a model knows no unit and no item. Training and scoring use the same encoder. Safe for use by
 * several threads.
 */
public final class DemandEncoder {

    /** Input {@code float32 [batch, SERIES_FEATURES]}. */
    public static final String SERIES = "series";

    /** Input {@code float32 [batch, horizon, stepFeatures(names)]}. */
    public static final String STEPS = "steps";

    /** Input {@code float32 [batch, horizon, CANDIDATES]}: simple forecasts, in units of the scale from the level. */
    public static final String CANDIDATES = "candidates";

    /** Output {@code float32 [batch, horizon, levels]}, in units of the scale from the level, never falling with the level. */
    public static final String QUANTILES = "quantiles";

    /** Output {@code float32 [batch, horizon]}, in units of the scale from the level. */
    public static final String MEAN = "mean";

    /** Width of {@link #SERIES}. */
    public static final int SERIES_FEATURES = SeriesFeatures.COUNT;

    /** Width of {@link #CANDIDATES}. */
    public static final int CANDIDATE_COUNT = StepFeatures.CANDIDATES;

    private final DemandFrame frame;
    private final int names;
    private final boolean nonNegative;
    private final double typical;

    /**
     * @param names number of things known in advance
     * @param nonNegative whether demand cannot be negative, whatever the history says
     * @param typical demand in a period of an item without history
     */
    public DemandEncoder(DemandFrame frame, int names, boolean nonNegative, double typical) {
        this.frame = frame;
        this.names = names;
        this.nonNegative = nonNegative;
        this.typical = typical;
    }

    /**
     * A window as numbers.
     *
     * @param level of the series without its season, in the unit of demand
     * @param scale in the unit of demand; 0 for an item that never had any
     * @param negative whether the forecast may be negative
     * @param series of {@link #SERIES}
     * @param steps {@code [steps][]}, of {@link #STEPS}
     * @param candidates {@code [steps][]}, of {@link #CANDIDATES}
     */
    public record Encoded(
            double level, double scale, boolean negative, float[] series, float[][] steps, float[][] candidates) {

        /** A number of the graph's answer as demand. */
        public float demand(float answer) {
            double demand = level + scale * answer;
            return (float) (negative ? demand : Math.max(0, demand));
        }

        /** Demand in the unit of the graph's answer. */
        public float answer(double demand) {
            return (float) ((demand - level) / scale);
        }
    }

    /** Width of {@link #STEPS}. */
    public static int stepFeatures(int names) {
        return StepFeatures.count(names);
    }

    /** What a graph takes. */
    public static List<TensorSpec> inputs(int names) {
        return List.of(
                new TensorSpec(SERIES, "float32", List.of(-1L, (long) SERIES_FEATURES)),
                new TensorSpec(STEPS, "float32", List.of(-1L, -1L, (long) stepFeatures(names))),
                new TensorSpec(CANDIDATES, "float32", List.of(-1L, -1L, (long) CANDIDATE_COUNT)));
    }

    /** What a graph gives. */
    public static List<TensorSpec> outputs(int levels) {
        return List.of(
                new TensorSpec(QUANTILES, "float32", List.of(-1L, -1L, (long) levels)),
                new TensorSpec(MEAN, "float32", List.of(-1L, -1L)));
    }

    public DemandFrame frame() {
        return frame;
    }

    /**
     * Encodes all steps of the horizon.
     *
     * @throws IllegalArgumentException if what is known has the wrong shape, a date is missing, or a number is infinite
     */
    public Encoded encode(DemandWindow window) {
        return encode(window, IntStream.range(0, frame.horizon()).toArray());
    }

    /**
     * Encodes some steps of the horizon.
     *
     * @param wanted each 0 for the first period forecast, less than the horizon
     * @throws IllegalArgumentException as {@link #encode(DemandWindow)}
     */
    public Encoded encode(DemandWindow window, int[] wanted) {
        check(window);
        int length = Math.min(frame.context(), window.quantities().length);
        int from = window.quantities().length - length;
        var series = new double[length];
        boolean negative = false;
        boolean demanded = length == 0;
        for (int t = 0; t < length; t++) {
            series[t] = window.quantities()[from + t];
            negative |= series[t] < 0;
            demanded |= series[t] != 0;
        }
        float[][] known = Arrays.copyOfRange(window.known(), from, window.known().length);
        var parts = new Decomposition(series, known, frame, typical);
        var steps = new float[wanted.length][];
        var candidates = new float[wanted.length][];
        if (!demanded || parts.scale == 0) {
            Arrays.setAll(steps, step -> new float[stepFeatures(names)]);
            Arrays.setAll(candidates, step -> new float[CANDIDATE_COUNT]);
            return new Encoded(0, 0, false, new float[SERIES_FEATURES], steps, candidates);
        }
        var features = new StepFeatures(parts, frame, window.origin());
        for (int step = 0; step < steps.length; step++) {
            candidates[step] = features.candidates(wanted[step]);
            steps[step] = features.of(wanted[step], candidates[step]);
        }
        return new Encoded(
                parts.smoothing.level(),
                parts.scale,
                negative && !nonNegative,
                SeriesFeatures.of(parts, frame),
                steps,
                candidates);
    }

    private void check(DemandWindow window) {
        for (float quantity : window.quantities()) {
            require(!Float.isInfinite(quantity), "quantity is " + quantity + ", allowed are finite numbers and NaN");
        }
        int rows = window.quantities().length + frame.horizon();
        require(
                window.known().length == rows,
                "known has " + window.known().length + " periods, expected " + rows + ": history and horizon");
        for (float[] row : window.known()) {
            require(row.length == names, "known has " + row.length + " values in a period, expected " + names);
            for (float value : row) {
                require(!Float.isInfinite(value), "known is " + value + ", allowed are finite numbers and NaN");
            }
        }
        require(
                window.origin() != null || !frame.period().hasCalendar(),
                "origin is missing, and the model counts by " + frame.period());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
