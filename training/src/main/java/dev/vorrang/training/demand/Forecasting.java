package dev.vorrang.training.demand;

import dev.vorrang.ingest.csv.CsvRow;
import dev.vorrang.ingest.csv.CsvTable;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.demand.RollingForecast.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to forecast: items with their history, and from which origins.
 *
 * @param spans of the items
 * @param notices what people should know of the files, a sentence each
 */
public record Forecasting(List<Span> spans, List<String> notices) {

    /** Dates have eight digits or more. */
    private static final Pattern STEP = Pattern.compile("-?\\d{1,7}");

    private static final int LOOKED_AT = 100;

    /**
     * Each period of a file, from all that came before: in it and in the file of the history.
     *
     * @throws TrainingDataException if a file cannot be used
     */
    public static Forecasting each(Optional<Path> history, Path periods, DemandColumns columns) {
        var files = new ArrayList<Path>();
        history.ifPresent(files::add);
        files.add(periods);
        DemandData all = DemandData.read(files, columns);
        var asked = new HashMap<String, DemandSeries>();
        DemandData.read(List.of(periods), columns).series().forEach(series -> asked.put(series.item(), series));
        var spans = new ArrayList<Span>();
        for (DemandSeries series : all.series()) {
            DemandSeries own = asked.get(series.item());
            if (own != null) {
                int first = Math.toIntExact(clock(own, columns.period()) - clock(series, columns.period()));
                spans.add(new Span(series, first, first + own.known().length));
            }
        }
        return new Forecasting(spans, all.notices());
    }

    /**
     * Once, from the end of each item's history.
     *
     * @param further file that tells what is known in advance, beyond the history; its quantities are not looked at
     */
    public static Forecasting onward(Path history, Optional<Path> further, DemandColumns columns) {
        DemandData known = DemandData.read(List.of(history), columns);
        if (further.isEmpty()) {
            List<Span> spans = known.series().stream()
                    .map(series -> new Span(series, series.periods(), series.periods() + 1))
                    .toList();
            return new Forecasting(spans, known.notices());
        }
        var ends = new HashMap<String, Long>();
        known.series().forEach(series -> ends.put(series.item(), clock(series, columns.period()) + series.periods()));
        DemandData all = DemandData.read(List.of(history, further.get()), columns);
        var spans = new ArrayList<Span>();
        for (DemandSeries series : all.series()) {
            long start = clock(series, columns.period());
            int end = Math.toIntExact(Math.max(0, ends.getOrDefault(series.item(), start) - start));
            spans.add(new Span(series, end, end + 1));
        }
        return new Forecasting(spans, all.notices());
    }

    /** The last periods of each item of a file, from all that came before. */
    public static Forecasting last(Path history, int periods, DemandColumns columns) {
        DemandData data = DemandData.read(List.of(history), columns);
        List<Span> spans = data.series().stream()
                .map(series -> new Span(series, Math.max(1, series.periods() - periods), series.periods()))
                .toList();
        return new Forecasting(spans, data.notices());
    }

    /**
     * Whether the times of a file are numbers that count steps: whole, and too small for a date.
     *
     * @throws TrainingDataException if the file cannot be read
     */
    public static boolean hasSteps(Path file, String time) {
        try (var table = CsvTable.open(file, List.of(time))) {
            boolean any = false;
            for (int row = 0; row < LOOKED_AT; row++) {
                Optional<CsvRow> next = table.next();
                if (next.isEmpty()) {
                    break;
                }
                String field = next.get().field(0).strip();
                if (!field.isEmpty()) {
                    if (!STEP.matcher(field).matches()) {
                        return false;
                    }
                    any = true;
                }
            }
            return any;
        } catch (IOException e) {
            throw new TrainingDataException(e.getMessage(), e);
        }
    }

    /** Number of the first period on the clock that all series share. */
    static long clock(DemandSeries series, DemandPeriod period) {
        LocalDateTime start = series.start();
        return start == null ? series.firstStep() : DemandRows.number(period, start);
    }
}
