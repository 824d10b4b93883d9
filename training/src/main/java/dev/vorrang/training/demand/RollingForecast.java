package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Forecasts items from one origin after the other, each time from all that came before: first the earliest period of all items, then
 * the next. For one thread.
 */
public final class RollingForecast {

    private static final int BATCH = 512;

    private final DemandModel model;
    private final List<Span> spans;
    private final int stride;

    /**
     * Where an item is forecast.
     *
     * @param first first origin, the number of the first period forecast, counted from the start of the series
     * @param end origin behind the last
     */
    public record Span(DemandSeries series, int first, int end) {}

    /**
     * A forecast.
     *
     * @param origin number of the first period forecast, counted from the start of the series
     */
    public record Forecast(DemandSeries series, int origin, DemandPrediction prediction) {}

    /** Takes forecasts. */
    @FunctionalInterface
    public interface Sink {
        void take(Forecast forecast) throws IOException;
    }

    /**
     * @param spans of the items
     * @param stride periods from an origin to the next, 1 or more
     */
    public RollingForecast(DemandModel model, List<Span> spans, int stride) {
        this.model = model;
        this.spans = List.copyOf(spans);
        this.stride = stride;
    }

    /** How many forecasts there will be. */
    public long count() {
        return spans.stream()
                .mapToLong(span -> span.end() <= span.first() ? 0 : (span.end() - span.first() - 1L) / stride + 1)
                .sum();
    }

    /**
     * Forecasts, in order of time and then of the items.
     *
     * @throws IOException if the sink throws it
     * @throws RuntimeException if the model fails
     */
    public void run(Sink sink) throws IOException {
        var waiting = new ArrayList<Pending>();
        var next = new PriorityQueue<Cursor>();
        for (int place = 0; place < spans.size(); place++) {
            if (spans.get(place).first() < spans.get(place).end()) {
                next.add(new Cursor(clock(spans.get(place)) + spans.get(place).first(), place));
            }
        }
        while (!next.isEmpty()) {
            Cursor cursor = next.remove();
            Span span = spans.get(cursor.place());
            long origin = cursor.time() - clock(span);
            waiting.add(new Pending(span.series(), (int) origin));
            if (waiting.size() == BATCH) {
                forecast(waiting, sink);
            }
            if (origin + stride < span.end()) {
                next.add(new Cursor(cursor.time() + stride, cursor.place()));
            }
        }
        forecast(waiting, sink);
    }

    /** The next origin of the span in a place, on the clock that all share. */
    private record Cursor(long time, int place) implements Comparable<Cursor> {

        @Override
        public int compareTo(Cursor other) {
            int byTime = Long.compare(time, other.time);
            return byTime == 0 ? Integer.compare(place, other.place) : byTime;
        }
    }

    private record Pending(DemandSeries series, int origin) {}

    private void forecast(List<Pending> waiting, Sink sink) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        List<DemandWindow> windows = waiting.stream().map(this::window).toList();
        List<DemandPrediction> predictions = model.apply(windows);
        for (int i = 0; i < waiting.size(); i++) {
            model.check(predictions.get(i));
            sink.take(new Forecast(waiting.get(i).series(), waiting.get(i).origin(), predictions.get(i)));
        }
        waiting.clear();
    }

    private DemandWindow window(Pending pending) {
        int length = Math.min(pending.origin(), model.frame().context());
        return WindowSampler.window(pending.series(), pending.origin(), length, model.frame());
    }

    private long clock(Span span) {
        return Forecasting.clock(span.series(), model.frame().period());
    }
}
