package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.training.TrainingDataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Demand by item and period, summed from the rows of files.
 *
 * @param series of the items, in the order in which they were first read
 * @param rows rows of each file, in the order of the files
 * @param notices what people should know of the files, a sentence each
 */
public record DemandData(List<DemandSeries> series, List<Long> rows, List<String> notices) {

    /** A longer series has a row with a wrong time. */
    private static final int MAX_PERIODS = 200_000;

    /** Sums of one item in one period. */
    private static final class Cell {
        private double quantity = Double.NaN;
        private int rows;
        private final double[] known;
        private final int[] knownRows;

        Cell(int names) {
            known = new double[names];
            knownRows = new int[names];
        }

        void add(DemandRows.Row row) {
            rows++;
            if (!Double.isNaN(row.quantity())) {
                quantity = Double.isNaN(quantity) ? row.quantity() : quantity + row.quantity();
            }
            for (int name = 0; name < known.length; name++) {
                if (!Double.isNaN(row.known()[name])) {
                    known[name] += row.known()[name];
                    knownRows[name]++;
                }
            }
        }

        float[] known() {
            var means = new float[known.length];
            for (int name = 0; name < means.length; name++) {
                means[name] = knownRows[name] == 0 ? Float.NaN : (float) (known[name] / knownRows[name]);
            }
            return means;
        }
    }

    /**
     * Reads files.
     *
     * @throws TrainingDataException if a file cannot be used, has no row that can be read, or has times too far apart
     */
    public static DemandData read(List<Path> files, DemandColumns columns) {
        var items = new LinkedHashMap<String, TreeMap<Long, Cell>>();
        var counts = new ArrayList<Long>();
        var notices = new ArrayList<String>();
        for (Path file : files) {
            try (var rows = DemandRows.open(file, columns)) {
                boolean any = false;
                for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                    any = true;
                    items.computeIfAbsent(row.get().item(), item -> new TreeMap<>())
                            .computeIfAbsent(
                                    row.get().period(),
                                    period -> new Cell(columns.known().size()))
                            .add(row.get());
                }
                counts.add(rows.count());
                notices.addAll(rows.notices());
                if (!any) {
                    throw new TrainingDataException("CSV file " + file + " has no row that can be read"
                            + (notices.isEmpty() ? "" : ": " + notices.get(0)));
                }
            }
        }
        return new Builder(columns, items, notices).build(List.copyOf(counts));
    }

    /** Turns what was read into series without gaps. */
    private static final class Builder {

        private final DemandColumns columns;
        private final Map<String, TreeMap<Long, Cell>> items;
        private final List<String> notices;
        private final Set<Long> open = new HashSet<>();
        private long last = Long.MIN_VALUE;
        private boolean saysZero;
        private long doubled;
        private String firstDoubled = "";

        Builder(DemandColumns columns, Map<String, TreeMap<Long, Cell>> items, List<String> notices) {
            this.columns = columns;
            this.items = items;
            this.notices = notices;
            items.forEach((item, cells) -> cells.forEach((period, cell) -> look(item, period, cell)));
        }

        private void look(String item, long period, Cell cell) {
            if (!Double.isNaN(cell.quantity)) {
                open.add(period);
                last = Math.max(last, period);
            }
            saysZero |= cell.quantity == 0;
            if (cell.rows > 1) {
                doubled++;
                firstDoubled = firstDoubled.isEmpty() ? "'" + item + "' in " + shown(period) : firstDoubled;
            }
        }

        private String shown(long period) {
            DemandPeriod kind = columns.period();
            return kind.hasCalendar() ? kind + " " + DemandRows.start(kind, period) : "step " + period;
        }

        DemandData build(List<Long> rows) {
            boolean zeros =
                    switch (columns.gaps()) {
                        case ZERO -> true;
                        case UNKNOWN -> false;
                        case AUTO -> doubled > 0 || columns.period().hasCalendar() && !saysZero;
                    };
            if (doubled > 0) {
                notices.add(doubled + " periods have more than one row, which are summed; the first: " + firstDoubled);
            }
            var series = new ArrayList<DemandSeries>();
            items.forEach((item, cells) -> series.add(series(item, cells, zeros)));
            long gaps = series.stream().mapToLong(Builder::unknown).sum();
            if (gaps > 0) {
                notices.add(gaps + " periods are unknown: closed, or without a row");
            }
            return new DemandData(List.copyOf(series), rows, List.copyOf(notices));
        }

        private static long unknown(DemandSeries series) {
            long count = 0;
            for (float quantity : series.quantities()) {
                count += Float.isNaN(quantity) ? 1 : 0;
            }
            return count;
        }

        private DemandSeries series(String item, TreeMap<Long, Cell> cells, boolean zeros) {
            long first = cells.firstKey();
            long end = cells.lastKey();
            if (end - first >= MAX_PERIODS || zeros && last - first >= MAX_PERIODS) {
                throw new TrainingDataException(
                        "item '" + item + "' has rows from " + shown(first) + " to " + shown(end) + ": allowed are "
                                + MAX_PERIODS + " periods; is a time wrong, or the period too short?");
            }
            long lastOwn = zeros ? last : lastQuantity(cells);
            var quantities = new float[(int) Math.max(0, lastOwn - first + 1)];
            var known = new float[(int) (Math.max(end, lastOwn) - first + 1)][];
            for (int t = 0; t < known.length; t++) {
                Cell cell = cells.get(first + t);
                known[t] = cell == null ? new Cell(columns.known().size()).known() : cell.known();
                if (t < quantities.length) {
                    quantities[t] = quantity(cell, first + t, zeros);
                }
            }
            boolean dated = columns.period().hasCalendar();
            return new DemandSeries(
                    item, quantities, DemandRows.start(columns.period(), first), dated ? 0 : first, known);
        }

        private float quantity(Cell cell, long period, boolean zeros) {
            if (cell != null) {
                return (float) cell.quantity;
            }
            boolean closed = columns.period().hasCalendar() && !open.contains(period);
            return zeros && !closed ? 0 : Float.NaN;
        }

        private static long lastQuantity(TreeMap<Long, Cell> cells) {
            for (var cell : cells.descendingMap().entrySet()) {
                if (!Double.isNaN(cell.getValue().quantity)) {
                    return cell.getKey();
                }
            }
            return cells.firstKey() - 1;
        }
    }
}
