package dev.vorrang.training.machine;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.vorrang.ingest.reading.ReadingTime;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.UnknownColumnException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The rows of a CSV file of readings, one at a time: comma or semicolon, UTF-8, the first line naming the columns, gzip where the
 * name ends in {@code .gz}. For one thread.
 */
public final class MachineRows implements Iterator<MachineRow>, AutoCloseable {

    /** A field longer than this is a quotation mark that is never closed. */
    private static final int LONGEST_FIELD = 1 << 20;

    private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "?", "-");

    private final Path file;
    private final MachineColumns columns;
    private final Optional<String> time;
    private final List<String> header;
    private final List<String> sensors;
    private final CsvReader<NamedCsvRecord> reader;
    private final Iterator<NamedCsvRecord> records;
    private NamedCsvRecord first;
    private long count;

    private MachineRows(Path file, MachineColumns columns, boolean labels, CsvReader<NamedCsvRecord> reader) {
        this.file = file;
        this.columns = columns;
        this.reader = reader;
        this.records = reader.iterator();
        if (!hasNextRecord()) {
            throw new TrainingDataException("data file " + file + " has no rows");
        }
        first = nextRecord();
        this.header = List.copyOf(first.getHeader());
        this.time = columns.timeIn(header);
        columns.machine().ifPresent(column -> require(header, "machine", column));
        columns.time().ifPresent(column -> require(header, "time", column));
        columns.group().ifPresent(column -> require(header, "group", column));
        columns.sensors().forEach(column -> require(header, "sensor", column));
        if (labels) {
            this.sensors = List.of();
            require(header, "target", columns.target().orElseThrow());
            return;
        }
        this.sensors = columns.sensors().isEmpty() ? numeric(header) : columns.sensors();
        if (sensors.isEmpty()) {
            throw new TrainingDataException("data file " + file + " has no column of numbers; it has " + header);
        }
    }

    /**
     * Opens a file.
     *
     * @throws TrainingDataException if it is missing, empty, or lacks a column
     */
    public static MachineRows open(Path file, MachineColumns columns) {
        return open(file, columns, false);
    }

    /** Opens a file of targets, which has the columns of machine, target and perhaps time; its other columns are left out. */
    static MachineRows openLabels(Path file, MachineColumns columns) {
        return open(file, columns, true);
    }

    private static MachineRows open(Path file, MachineColumns columns, boolean labels) {
        if (!Files.isRegularFile(file)) {
            throw new TrainingDataException("data file " + file + " does not exist");
        }
        try {
            char separator = separator(file);
            var reader = CsvReader.builder()
                    .skipEmptyLines(true)
                    .maxBufferSize(LONGEST_FIELD)
                    .fieldSeparator(separator)
                    .ofNamedCsvRecord(text(file));
            try {
                return new MachineRows(file, columns, labels, reader);
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TrainingDataException("data file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Names of the columns of a file. */
    static List<String> header(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TrainingDataException("data file " + file + " does not exist");
        }
        try (var reader = new BufferedReader(text(file))) {
            String line = reader.readLine();
            return line == null ? List.of() : List.of(line.split("[,;]"));
        } catch (IOException e) {
            throw new TrainingDataException("data file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Names of all columns. */
    public List<String> header() {
        return header;
    }

    /** Names of the sensors, in the order of the values. */
    public List<String> sensors() {
        return sensors;
    }

    @Override
    public boolean hasNext() {
        return first != null || hasNextRecord();
    }

    /** @throws TrainingDataException if the row cannot be used, naming line, column and value */
    @Override
    public MachineRow next() {
        NamedCsvRecord row = first == null ? nextRecord() : first;
        first = null;
        long line = row.getStartingLineNumber();
        var values = new double[sensors.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    number(line, sensors.get(i), row.findField(sensors.get(i)).orElse(""));
        }
        String at = time.flatMap(row::findField).orElseGet(() -> Long.toString(count));
        count++;
        return new MachineRow(
                line,
                columns.machine().flatMap(row::findField).orElseGet(this::fileName),
                columns.group().flatMap(row::findField).orElse(""),
                at,
                millis(line, at),
                values,
                columns.target().flatMap(row::findField).map(String::strip).orElse(""));
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasNextRecord() {
        try {
            return records.hasNext();
        } catch (CsvParseException e) {
            throw refuse(e);
        } catch (UncheckedIOException e) {
            throw refuse(e.getCause());
        }
    }

    private NamedCsvRecord nextRecord() {
        try {
            return records.next();
        } catch (NoSuchElementException e) {
            throw e;
        } catch (CsvParseException e) {
            throw refuse(e);
        } catch (UncheckedIOException e) {
            throw refuse(e.getCause());
        }
    }

    private TrainingDataException refuse(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return new TrainingDataException("data file " + file + " is not UTF-8; convert it first", e);
            }
        }
        return new TrainingDataException("data file " + file + " is not valid CSV: " + e.getMessage(), e);
    }

    private void require(List<String> header, String kind, String column) {
        if (!header.contains(column)) {
            throw new UnknownColumnException(
                    "data file " + file + " has no column '" + column + "' for the " + kind + "; it has " + header);
        }
    }

    /** Columns that hold a number, or nothing, in the first row. */
    private List<String> numeric(List<String> header) {
        var numbers = new ArrayList<String>();
        for (String column : header) {
            if (columns.mayBeSensor(column, time)) {
                String value = first.findField(column).orElse("").strip();
                if (isMissing(value) || isNumber(value)) {
                    numbers.add(column);
                }
            }
        }
        return List.copyOf(numbers);
    }

    private double number(long line, String column, String text) {
        String value = text.strip();
        if (isMissing(value)) {
            return Double.NaN;
        }
        if (!isNumber(value)) {
            throw new TrainingDataException("data file " + file + ", line " + line + ", column '" + column + "': '"
                    + shortened(value) + "', allowed are numbers, or nothing where there is no value");
        }
        return Double.parseDouble(value);
    }

    private long millis(long line, String at) {
        try {
            return ReadingTime.parse(at, ZoneOffset.UTC).toEpochMilli();
        } catch (IllegalArgumentException e) {
            throw new TrainingDataException("data file " + file + ", line " + line + ": " + e.getMessage(), e);
        }
    }

    private String fileName() {
        return file.getFileName().toString().replaceFirst("\\.csv(\\.gz)?$", "");
    }

    private static boolean isMissing(String value) {
        return MISSING.contains(value.toLowerCase(Locale.ROOT));
    }

    private static boolean isNumber(String value) {
        try {
            return Double.isFinite(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }

    private static char separator(Path file) throws IOException {
        try (var reader = new BufferedReader(text(file))) {
            var start = new char[64 * 1024];
            int read = Math.max(0, reader.read(start));
            String header = new String(start, 0, read).lines().findFirst().orElse("");
            long semicolons = header.chars().filter(c -> c == ';').count();
            long commas = header.chars().filter(c -> c == ',').count();
            return semicolons > commas ? ';' : ',';
        }
    }

    private static Reader text(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
                in = new GZIPInputStream(in, 64 * 1024);
            }
            skipMark(in = new BufferedInputStream(in));
            return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static void skipMark(InputStream in) throws IOException {
        in.mark(3);
        if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
            in.reset();
        }
    }
}
