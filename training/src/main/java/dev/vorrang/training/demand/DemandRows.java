package dev.vorrang.training.demand;

import dev.vorrang.ingest.csv.CsvRow;
import dev.vorrang.ingest.csv.CsvTable;
import dev.vorrang.ingest.reading.ReadingTime;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.UnknownColumnException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a CSV file of demand, one at a time. A row that cannot be read is left out, and {@link #notices} tells of it. For one
 * thread; whoever opens one closes it.
 */
final class DemandRows implements AutoCloseable {

    private static final int MAX_TOLD = 5;
    private static final LocalDateTime FIRST = LocalDateTime.of(1970, 1, 5, 0, 0);
    private static final long MAX_STEP = 1_000_000_000_000L;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;
    private static final int FIRST_KNOWN = 3;

    /**
     * A row.
     *
     * @param period number of the period, counted from the week of 5 January 1970, or from step 0
     * @param quantity NaN: unknown
     * @param known NaN: unknown
     */
    record Row(String item, long period, double quantity, double[] known) {}

    private final Path file;
    private final DemandColumns columns;
    private final CsvTable table;
    private final QuantityField numbers;
    private final List<String> problems = new ArrayList<>();
    private long count;
    private long refused;

    private DemandRows(Path file, DemandColumns columns, CsvTable table) {
        this.file = file;
        this.columns = columns;
        this.table = table;
        numbers = new QuantityField(columns.format());
    }

    /** @throws TrainingDataException if the file is missing, empty, or lacks a column */
    static DemandRows open(Path file, DemandColumns columns) {
        try {
            var table = CsvTable.open(file, columns.all());
            try {
                require(file, columns, table);
                return new DemandRows(file, columns, table);
            } catch (RuntimeException e) {
                table.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TrainingDataException(e.getMessage(), e);
        }
    }

    private static void require(Path file, DemandColumns columns, CsvTable table) {
        if (table.isEmpty()) {
            throw new TrainingDataException("CSV file " + file + " has no rows");
        }
        for (String column : columns.all()) {
            if (!table.has(column)) {
                throw new UnknownColumnException(
                        "CSV file " + file + " has no column '" + column + "'; " + table.missing(List.of(column)));
            }
        }
    }

    /** The start of a period; null for steps. */
    static LocalDateTime start(DemandPeriod period, long number) {
        return period.hasCalendar() ? period.plus(FIRST, number) : null;
    }

    /** Number of the period that begins then. */
    static long number(DemandPeriod period, LocalDateTime start) {
        return period.between(FIRST, start);
    }

    /**
     * The next row that can be read; empty at the end.
     *
     * @throws TrainingDataException if the file cannot be read further
     */
    Optional<Row> next() {
        try {
            for (Optional<CsvRow> row = table.next(); row.isPresent(); row = table.next()) {
                if (!row.get().isBlank()) {
                    count++;
                    try {
                        return Optional.of(read(row.get()));
                    } catch (IllegalArgumentException e) {
                        refuse(row.get(), e.getMessage());
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new TrainingDataException(e.getMessage(), e);
        }
    }

    private void refuse(CsvRow row, String problem) {
        refused++;
        if (refused <= MAX_TOLD) {
            problems.add("CSV file " + file + ", line " + row.line() + " left out: " + problem);
        }
    }

    private Row read(CsvRow row) {
        String item = row.field(0).strip();
        if (item.isEmpty()) {
            throw new IllegalArgumentException(columns.item() + " is empty: allowed is the name of an item");
        }
        long period = period(row.field(1));
        double quantity = numbers.read(columns.quantity(), row.field(2));
        var known = new double[columns.known().size()];
        for (int name = 0; name < known.length; name++) {
            known[name] = numbers.read(columns.known().get(name), row.field(FIRST_KNOWN + name));
        }
        return new Row(item, period, quantity, known);
    }

    private long period(String field) {
        if (!columns.period().hasCalendar()) {
            return Math.floorDiv(step(field), columns.stepSize());
        }
        ZoneId zone = columns.zone();
        LocalDateTime start;
        try {
            start = columns.period().startOf(ReadingTime.parse(field, zone), zone);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(columns.time() + ": " + e.getMessage(), e);
        }
        if (start.getYear() < FIRST_YEAR || start.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException(columns.time() + " '" + field.strip() + "': allowed are the years "
                    + FIRST_YEAR + " to " + LAST_YEAR);
        }
        return number(columns.period(), start);
    }

    private long step(String field) {
        try {
            long step = Long.parseLong(field.strip());
            if (Math.abs(step) <= MAX_STEP) {
                return step;
            }
        } catch (NumberFormatException e) {
            // Told below, with what is beyond the bounds.
        }
        throw new IllegalArgumentException(columns.time() + " '" + field.strip()
                + "': allowed are whole numbers up to 10^12, for steps; dates need a period of 1h, 1d or 1w");
    }

    /** Rows that were there, those left out included. */
    long count() {
        return count;
    }

    /** What people should know of the rows read so far, a sentence each. */
    List<String> notices() {
        var notices = new ArrayList<>(problems);
        if (refused > MAX_TOLD) {
            notices.add("CSV file " + file + ": " + refused + " of " + count + " rows are left out");
        }
        table.notice().ifPresent(notices::add);
        return notices;
    }

    @Override
    public void close() {
        try {
            table.close();
        } catch (IOException e) {
            throw new TrainingDataException("CSV file " + file + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
