package dev.vorrang.training.machine;

import dev.vorrang.ingest.file.CsvFileRows;
import dev.vorrang.ingest.reading.CsvReadingDecoder;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.ReadingTime;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.UnknownColumnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a CSV file of readings, one at a time, read as the files connector reads them. A row that is no reading is left out,
 * which the log tells for the first ones; a sensor whose field is no number is missing in its row. For one thread.
 */
public final class MachineRows implements Iterator<MachineRow>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MachineRows.class);
    private static final int MAX_TOLD = 5;
    private static final String CLAMPED = "time_clamped";

    private final Path file;
    private final MachineColumns columns;
    private final Use use;
    private final CsvReadingDecoder csv;
    private final Optional<String> time;
    private final List<String> header;
    private final CsvFileRows rows;
    private Optional<MachineRow> next = Optional.empty();
    private List<String> sensors;
    private long count;
    private long refused;
    private boolean ended;

    /** What a file is read for. */
    private enum Use {
        READINGS,
        /** Its readings, to know its sensors; nothing is told, for it is read again. */
        SENSORS,
        /** Targets: rows need not be readings. */
        LABELS
    }

    private MachineRows(Path file, MachineColumns columns, Use use, Optional<CsvReadingDecoder> reader)
            throws IOException {
        this.file = file;
        this.columns = columns;
        this.use = use;
        this.header = header(file, columns);
        this.time = columns.timeIn(header);
        columns.machine().ifPresent(column -> require("machine", column));
        columns.time().ifPresent(column -> require("time", column));
        columns.group().ifPresent(column -> require("group", column));
        columns.sensors().forEach(column -> require("sensor", column));
        if (use == Use.LABELS) {
            require("target", columns.target().orElseThrow());
        }
        this.csv = reader.orElseGet(() -> columns.csv(time, header));
        this.rows = CsvFileRows.open(file, csv);
    }

    /**
     * Opens a file.
     *
     * @throws TrainingDataException if it is missing, empty, or lacks a column
     */
    public static MachineRows open(Path file, MachineColumns columns) {
        return open(file, columns, Use.READINGS, Optional.empty());
    }

    /** Opens a file of targets, which has the columns of machine, target and perhaps time; its other columns are left out. */
    static MachineRows openLabels(Path file, MachineColumns columns) {
        return open(file, columns, Use.LABELS, Optional.empty());
    }

    private static MachineRows open(Path file, MachineColumns columns, Use use, Optional<CsvReadingDecoder> reader) {
        requireFile(file);
        try {
            var rows = new MachineRows(file, columns, use, reader);
            try {
                rows.requireRows();
                return rows;
            } catch (RuntimeException e) {
                rows.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TrainingDataException("data file " + file + " does not exist");
        }
    }

    private static TrainingDataException unreadable(Path file, IOException e) {
        return new TrainingDataException("data file " + file + " cannot be read: " + e.getMessage(), e);
    }

    private void requireRows() {
        if (rows.problem().isPresent()) {
            throw new TrainingDataException(
                    "data file " + file + ": " + rows.problem().get());
        }
        if (!hasNext()) {
            throw new TrainingDataException("data file " + file + " has no rows"
                    + (refused == 0 ? "" : " that are readings; the log names " + Math.min(refused, MAX_TOLD)));
        }
    }

    /** Names of the columns of a file. */
    static List<String> header(Path file, MachineColumns columns) {
        requireFile(file);
        var any = new CsvReadingDecoder.Columns(
                Optional.empty(), Optional.empty(), Set.of(), Set.of(), columns.zone(), columns.format());
        try (var rows = CsvFileRows.open(file, new CsvReadingDecoder(any))) {
            return rows.header();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Names of all columns. */
    public List<String> header() {
        return header;
    }

    /**
     * Names of the sensors, in the order of the columns: those that were asked for, else those that hold a number in a row of the
     * file, which is read for it.
     *
     * @throws TrainingDataException if there are none
     */
    public List<String> sensors() {
        if (sensors == null) {
            sensors = columns.sensors().isEmpty() ? numeric() : columns.sensors();
        }
        if (sensors.isEmpty()) {
            throw new TrainingDataException("data file " + file + " has no column of numbers; it has " + header);
        }
        return sensors;
    }

    private List<String> numeric() {
        long candidates = header.stream()
                .filter(column -> columns.mayBeSensor(column, time))
                .count();
        var found = new HashSet<String>();
        try (var all = open(file, columns, Use.SENSORS, Optional.of(csv))) {
            while (all.hasNext() && found.size() < candidates) {
                all.next().reading().getValues().forEach((sensor, value) -> {
                    if (value != null) {
                        found.add(sensor);
                    }
                });
            }
        }
        return header.stream().filter(found::contains).toList();
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && !ended) {
            next = read();
        }
        return next.isPresent();
    }

    @Override
    public MachineRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        MachineRow row = next.orElseThrow();
        next = Optional.empty();
        return row;
    }

    /** Empty at the end, and for a row that is left out. */
    private Optional<MachineRow> read() {
        try {
            Optional<CsvFileRows.Row> row = rows.next();
            ended = row.isEmpty();
            if (ended && refused > MAX_TOLD && use != Use.SENSORS) {
                LOG.warn("data file {}: {} rows are no readings and were left out", file, refused);
            }
            return row.flatMap(this::row);
        } catch (IOException e) {
            // What could be read of a damaged file counts, as in the stream.
            ended = true;
            LOG.warn("data file {} cannot be read after row {}: {}", file, count, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<MachineRow> row(CsvFileRows.Row row) {
        List<String> fields = row.content().fields();
        boolean labels = use == Use.LABELS;
        boolean bad = labels ? fields.size() != header.size() : row.content().decoded() instanceof Decoded.Refused;
        if (bad) {
            String why = row.content().decoded() instanceof Decoded.Refused no ? no.message() : "has no target";
            if (++refused <= MAX_TOLD && use != Use.SENSORS) {
                LOG.warn("data file {}, line {}: {}; the row is left out", file, row.line(), why);
            }
            return Optional.empty();
        }
        String at = time.map(column -> field(fields, column)).orElseGet(() -> Long.toString(count));
        Instant said = row.content().time().orElseGet(() -> labels ? Instant.EPOCH : instant(row.line(), at));
        count++;
        SensorReading reading =
                labels ? null : unclamped(((Decoded.Accepted) row.content().decoded()).reading(), said);
        return Optional.of(new MachineRow(
                row.line(),
                columns.machine().map(column -> field(fields, column)).orElseGet(() -> machine(reading)),
                columns.group().map(column -> field(fields, column)).orElse(""),
                at,
                said.toEpochMilli(),
                reading,
                columns.target()
                        .filter(header::contains)
                        .map(column -> field(fields, column))
                        .orElse("")));
    }

    private static String machine(SensorReading reading) {
        return reading == null ? "" : reading.getMachine();
    }

    private String field(List<String> fields, String column) {
        return fields.get(header.indexOf(column)).strip();
    }

    /** Files may be of any age, tell the future, and count cycles instead of time. */
    private static SensorReading unclamped(SensorReading reading, Instant time) {
        var flags = new ArrayList<>(reading.getFlags());
        flags.remove(CLAMPED);
        return SensorReading.newBuilder(reading)
                .setTime(Instant.ofEpochMilli(time.toEpochMilli()))
                .setReceivedAt(null)
                .setFlags(flags)
                .build();
    }

    private Instant instant(long line, String at) {
        try {
            return ReadingTime.parse(at, ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            throw new TrainingDataException("data file " + file + ", line " + line + ": " + e.getMessage(), e);
        }
    }

    private void require(String kind, String column) {
        if (!header.contains(column)) {
            throw new UnknownColumnException(
                    "data file " + file + " has no column '" + column + "' for the " + kind + "; it has " + header);
        }
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
