package dev.vorrang.ingest.reading;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.vorrang.schemas.SensorReading;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * CSV (RFC 4180, UTF-8) whose first line names the columns; every further line is a reading, and every column but those of machine
 * and time a sensor. The separator is a comma or a semicolon, whichever the first line has more of; with semicolons a number may
 * have a decimal comma. Empty fields, NA, NaN and null are missing values.
 */
public final class CsvReadings implements PayloadDecoder {

    private static final int LONGEST = 64 * 1024 * 1024;
    private static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan", "null", "NULL");

    private final Columns columns;

    /**
     * Names of columns.
     *
     * @param machine column of the machine; empty: the origin tells it
     * @param time column of the time; empty: the time of receipt
     * @param sensors columns to take; empty: all others
     * @param zone of times without an offset
     */
    public record Columns(Optional<String> machine, Optional<String> time, Set<String> sensors, ZoneId zone) {}

    public CsvReadings(Columns columns) {
        this.columns = columns;
    }

    @Override
    public List<Decoded> decode(byte[] payload, Origin origin) {
        var decoded = new ArrayList<Decoded>();
        try {
            rows(Text.of(payload, LONGEST), origin, decoded);
        } catch (CsvParseException | UncheckedIOException e) {
            String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            decoded.add(new BadPayloadException("payload: is no valid CSV after row " + decoded.size() + ": "
                            + BadPayloadException.shown(String.valueOf(cause)))
                    .refused(origin.source(), payload));
        } catch (BadPayloadException e) {
            decoded.add(e.refused(origin.source(), payload));
        }
        return decoded;
    }

    /** Reads single rows under a header that was read once. Safe for use by several threads. */
    @FunctionalInterface
    public interface Rows {

        /** @param origin of the row */
        Decoded decode(byte[] row, Origin origin);
    }

    /**
     * What reads rows one by one.
     *
     * @param header the line with the names of the columns; if it is none, every row is refused with the cause
     */
    public Rows under(byte[] header) {
        try {
            String names = Text.of(header, LONGEST);
            boolean semicolons = isSemicolons(names);
            List<String> columnNames = header(fields(names, semicolons));
            return (row, origin) -> row(columnNames, semicolons, row, origin);
        } catch (CsvParseException | UncheckedIOException e) {
            var bad = new BadPayloadException("header: is no valid CSV: " + BadPayloadException.shown(e.getMessage()));
            return (row, origin) -> bad.refused(origin.source(), row);
        } catch (BadPayloadException e) {
            return (row, origin) -> e.refused(origin.source(), row);
        }
    }

    private Decoded row(List<String> header, boolean semicolons, byte[] row, Origin origin) {
        try {
            List<String> fields = fields(Text.of(row, LONGEST), semicolons);
            return new Decoded.Accepted(reading(header, fields, semicolons, row, origin));
        } catch (CsvParseException | UncheckedIOException e) {
            return new BadPayloadException("row: is no valid CSV: " + BadPayloadException.shown(e.getMessage()))
                    .refused(origin.source(), row);
        } catch (BadPayloadException e) {
            return e.refused(origin.source(), row);
        }
    }

    private static List<String> fields(String line, boolean semicolons) throws BadPayloadException {
        Iterator<CsvRecord> records = reader(semicolons).ofCsvRecord(line).iterator();
        if (!records.hasNext()) {
            throw new BadPayloadException("row: is empty");
        }
        return records.next().getFields();
    }

    private static CsvReader.CsvReaderBuilder reader(boolean semicolons) {
        return CsvReader.builder()
                .fieldSeparator(semicolons ? ';' : ',')
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true);
    }

    private static boolean isSemicolons(String header) {
        return count(header, ';') > count(header, ',');
    }

    private void rows(String text, Origin origin, List<Decoded> decoded) throws BadPayloadException {
        int end = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
        String first = text.substring(0, end);
        boolean semicolons = isSemicolons(first);
        Iterator<CsvRecord> rows = reader(semicolons).ofCsvRecord(text).iterator();
        if (!rows.hasNext()) {
            throw new BadPayloadException("payload: is empty, allowed is CSV with a header");
        }
        List<String> header = header(rows.next().getFields());
        if (!rows.hasNext()) {
            throw new BadPayloadException("payload: has a header and no rows");
        }
        while (rows.hasNext()) {
            CsvRecord row = rows.next();
            String source = origin.source() + "#" + row.getStartingLineNumber();
            byte[] bytes = String.join(semicolons ? ";" : ",", row.getFields()).getBytes(StandardCharsets.UTF_8);
            var place = new Origin(source, origin.machine(), origin.sensor(), origin.receivedAt());
            try {
                decoded.add(new Decoded.Accepted(reading(header, row.getFields(), semicolons, bytes, place)));
            } catch (BadPayloadException e) {
                decoded.add(e.refused(source, bytes));
            }
        }
    }

    private static long count(String text, char character) {
        return text.chars().filter(each -> each == character).count();
    }

    private List<String> header(List<String> names) throws BadPayloadException {
        var header = names.stream().map(String::strip).toList();
        if (new HashSet<>(header).size() < header.size()) {
            throw new BadPayloadException(
                    "header '" + BadPayloadException.shown(String.join(",", header)) + "': no column may stand twice");
        }
        for (Optional<String> column : List.of(columns.machine(), columns.time())) {
            if (column.isPresent() && !header.contains(column.get())) {
                throw new BadPayloadException("column '" + column.get() + "': is missing, there are '"
                        + BadPayloadException.shown(String.join(",", header)) + "'");
            }
        }
        return header;
    }

    private SensorReading reading(
            List<String> header, List<String> fields, boolean decimalComma, byte[] bytes, Origin place)
            throws BadPayloadException {
        if (fields.size() != header.size()) {
            throw new BadPayloadException("row of " + fields.size() + " fields: the header has " + header.size());
        }
        Optional<String> machine = Optional.empty();
        Optional<Instant> time = Optional.empty();
        var values = new HashMap<String, Double>();
        for (int i = 0; i < fields.size(); i++) {
            var column = Optional.of(header.get(i));
            String field = fields.get(i).strip();
            if (column.equals(columns.machine())) {
                machine = Optional.of(field);
            } else if (column.equals(columns.time())) {
                time = Optional.of(ReadingTime.of(field, columns.zone()));
            } else if (columns.sensors().isEmpty() || columns.sensors().contains(header.get(i))) {
                values.put(header.get(i), value(header.get(i), field, decimalComma));
            }
        }
        return ReadingFactory.reading(machine, time, values, bytes, place);
    }

    private static Double value(String sensor, String field, boolean decimalComma) throws BadPayloadException {
        if (MISSING.contains(field)) {
            return null;
        }
        return Numbers.parse(sensor, decimalComma ? field.replace(',', '.') : field);
    }
}
