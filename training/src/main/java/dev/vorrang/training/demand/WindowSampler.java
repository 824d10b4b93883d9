package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandEncoder;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandWindow;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Draws windows to learn from: an item, an origin in its history, and some steps after it. Some windows are cut short, so that new items
 * are learnt too. For one thread.
 */
final class WindowSampler {

    private static final double CUT = 0.15;
    private static final int MAX_STEPS = 8;
    /** A target so many scales away says no more than a near one, and would govern a batch. */
    private static final float MAX_TARGET = 200;

    /**
     * What to draw from.
     *
     * @param series the items
     * @param encoder of their windows
     * @param from first period of each that may be a target
     * @param to period of each behind the last that may be a target
     */
    record Source(List<DemandSeries> series, DemandEncoder encoder, int[] from, int[] to) {}

    private final List<Source> sources;
    private final double[] shares;
    private final int names;
    private final Random random;

    /**
     * @param shares of the windows drawn from each source, adding up to 1
     * @param names number of things known in advance
     */
    WindowSampler(List<Source> sources, double[] shares, int names, Random random) {
        this.sources = List.copyOf(sources);
        this.shares = shares.clone();
        this.names = names;
        this.random = random;
    }

    /** @param windows to draw */
    DemandBatch draw(int windows) {
        int each = Math.min(
                MAX_STEPS,
                sources.stream()
                        .mapToInt(source -> source.encoder().frame().horizon())
                        .max()
                        .orElseThrow());
        int stepFeatures = DemandEncoder.stepFeatures(names);
        var batch = new DemandBatch(
                windows,
                each,
                new float[windows * DemandEncoder.SERIES_FEATURES],
                new float[windows * each * stepFeatures],
                new float[windows * each * DemandEncoder.CANDIDATE_COUNT],
                new float[windows * each],
                new float[windows * each]);
        for (int window = 0; window < windows; window++) {
            Source source = source();
            int item = random.nextInt(source.series().size());
            if (source.to()[item] > source.from()[item]) {
                fill(batch, window, source, item);
            }
        }
        return batch;
    }

    private Source source() {
        double drawn = random.nextDouble();
        for (int i = 0; i < shares.length; i++) {
            drawn -= shares[i];
            if (drawn < 0) {
                return sources.get(i);
            }
        }
        return sources.get(sources.size() - 1);
    }

    private void fill(DemandBatch batch, int window, Source source, int item) {
        DemandFrame frame = source.encoder().frame();
        DemandSeries series = source.series().get(item);
        int each = batch.stepsEach();
        int[] steps = steps(frame.horizon(), each);
        int target = source.from()[item] + random.nextInt(source.to()[item] - source.from()[item]);
        // The origin may be any that has the target among its steps.
        int origin = Math.max(0, target - steps[random.nextInt(each)]);
        var encoded = source.encoder().encode(window(series, origin, length(frame, origin), frame), steps);
        if (encoded.scale() == 0) {
            return;
        }
        int stepFeatures = DemandEncoder.stepFeatures(names);
        copy(encoded.series(), batch.series(), window);
        for (int i = 0; i < each; i++) {
            int row = window * each + i;
            copy(encoded.steps()[i], batch.steps(), row, stepFeatures);
            copy(encoded.candidates()[i], batch.candidates(), row);
            int period = origin + steps[i];
            boolean usable = period < source.to()[item] && !Float.isNaN(series.quantities()[period]);
            if (usable) {
                float answer = encoded.answer(series.quantities()[period]);
                batch.targets()[row] = Math.max(-MAX_TARGET, Math.min(MAX_TARGET, answer));
                batch.weights()[row] = 1;
            }
        }
    }

    private static void copy(float[] from, float[] to, int row) {
        copy(from, to, row, from.length);
    }

    private static void copy(float[] from, float[] to, int row, int width) {
        System.arraycopy(from, 0, to, row * width, width);
    }

    private int length(DemandFrame frame, int origin) {
        int most = Math.min(origin, frame.context());
        return random.nextDouble() < CUT ? random.nextInt(most + 1) : most;
    }

    /** So many steps of a horizon, spread over it. */
    private int[] steps(int horizon, int count) {
        var steps = new int[count];
        for (int i = 0; i < count; i++) {
            int from = i * horizon / count;
            int to = Math.max(from + 1, (i + 1) * horizon / count);
            steps[i] = Math.min(horizon - 1, from + random.nextInt(to - from));
        }
        return steps;
    }

    /**
     * The window of an item at an origin.
     *
     * @param origin number of the first period forecast, counted from the start of the series
     * @param length of the history that is shown
     */
    static DemandWindow window(DemandSeries series, int origin, int length, DemandFrame frame) {
        int from = origin - length;
        float[] quantities = Arrays.copyOfRange(series.quantities(), from, origin);
        var known = new float[length + frame.horizon()][];
        int names = series.known().length == 0 ? 0 : series.known()[0].length;
        for (int t = 0; t < known.length; t++) {
            known[t] = from + t < series.known().length ? series.known()[from + t] : unknown(names);
        }
        boolean dated = frame.period().hasCalendar();
        return new DemandWindow(quantities, dated ? frame.period().plus(series.start(), origin) : null, known);
    }

    private static float[] unknown(int names) {
        var values = new float[names];
        Arrays.fill(values, Float.NaN);
        return values;
    }
}
