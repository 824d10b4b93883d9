package dev.vorrang.ingest.reading;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * CSV (RFC 4180, UTF-8) whose first line names the columns; every further line is a reading, and every column but those of machine
 * and time a sensor. Separator (comma, semicolon, tab or bar) and decimal separator are found from header and first rows, unless
 * they are told. A sensor whose field is no number is missing in that reading, which a flag tells; empty fields, NA, NaN and the like
 * are missing values. A row that cannot be a reading is refused alone. Safe for use by several threads.
 */
public final class CsvReadingDecoder implements PayloadDecoder {

    static final int LONGEST = 64 * 1024 * 1024;

    /** Rows that are looked at to find the decimal separator. */
    private static final int SAMPLE = 200;

    private final Columns columns;
    private final SensorNotes notes;
    private final LocalTimes times = LocalTimes.live();

    /**
     * Names of columns, and what fields look like.
     *
     * @param machine column of the machine; empty: the origin tells it
     * @param time column of the time; empty: the time of receipt
     * @param sensors columns to take; empty: all others
     * @param notSensors columns that are no sensors, and may be in the file or not
     * @param zone of times without an offset
     * @param format of fields and numbers
     * @param target what rows become
     */
    public record Columns(
            Optional<String> machine,
            Optional<String> time,
            Set<String> sensors,
            Set<String> notSensors,
            ZoneId zone,
            CsvFormat format,
            RowTarget target) {

        /** Rows are readings. */
        public Columns(
                Optional<String> machine,
                Optional<String> time,
                Set<String> sensors,
                Set<String> notSensors,
                ZoneId zone,
                CsvFormat format) {
            this(machine, time, sensors, notSensors, zone, format, RowTarget.READINGS);
        }

        /** Separators are found out, and all other columns are sensors. */
        public Columns(Optional<String> machine, Optional<String> time, Set<String> sensors, ZoneId zone) {
            this(machine, time, sensors, Set.of(), zone, CsvFormat.AUTOMATIC);
        }

        boolean isSensor(String column) {
            if (!target.numbers().isEmpty()) {
                return target.numbers().contains(column);
            }
            return !column.isEmpty() && !notSensors.contains(column) && (sensors.isEmpty() || sensors.contains(column));
        }

        /** Whether local times may be open: not in a zone of one offset. */
        boolean hasTransitions() {
            return time.isPresent() && !zone.getRules().isFixedOffset();
        }
    }

    public CsvReadingDecoder(Columns columns) {
        this.columns = columns;
        this.notes = columns.target().notes();
    }

    /** Whether the instant of a row may depend on the rows before it. */
    public boolean needsRowsBefore() {
        return columns.hasTransitions();
    }

    @Override
    public List<Decoded> decode(byte[] payload, Origin origin) {
        var decoded = new ArrayList<Decoded>();
        try {
            rows(Text.of(payload, LONGEST), origin, decoded);
        } catch (CsvParseException | UncheckedIOException e) {
            decoded.add(noCsv("payload", " after row " + decoded.size(), e).refused(origin.source(), payload));
        } catch (BadPayloadException e) {
            decoded.add(e.refused(origin.source(), payload));
        }
        return decoded;
    }

    private void rows(String text, Origin origin, List<Decoded> decoded) throws BadPayloadException {
        if (text.isBlank()) {
            throw new BadPayloadException("payload: is empty, allowed is CSV with a header");
        }
        CsvHead head = CsvHead.of(text, columns);
        Iterator<CsvRecord> rows = head.reader().ofCsvRecord(text).iterator();
        var sample = new ArrayList<CsvRecord>();
        while (rows.hasNext() && sample.size() < SAMPLE) {
            CsvRecord row = rows.next();
            if (row.getStartingLineNumber() > head.line()) {
                sample.add(row);
            }
        }
        if (sample.isEmpty()) {
            throw new BadPayloadException("payload: has a header and no rows");
        }
        var reader = new CsvRows(
                columns,
                head,
                head.format(sample.stream().map(CsvRecord::getFields).toList()),
                notes,
                times);
        for (CsvRecord row : sample) {
            decoded.add(decode(reader, row, head, origin));
        }
        while (rows.hasNext()) {
            decoded.add(decode(reader, rows.next(), head, origin));
        }
    }

    private static Decoded decode(CsvRows reader, CsvRecord row, CsvHead head, Origin origin) {
        var place = new Origin(
                origin.source() + "#" + row.getStartingLineNumber(),
                origin.machine(),
                origin.sensor(),
                origin.receivedAt());
        byte[] bytes =
                String.join(String.valueOf(head.separator()), row.getFields()).getBytes(StandardCharsets.UTF_8);
        return reader.row(row.getFields(), bytes, place).decoded();
    }

    /**
     * What reads rows one by one, for one thread.
     *
     * @param header the line with the names of the columns; if it is none, every row is refused with the cause
     * @param first rows that follow it, as many as there are or enough to find the decimal separator
     * @param times of the rows' source
     */
    public CsvRows under(byte[] header, List<byte[]> first, LocalTimes times) {
        CsvHead head;
        try {
            head = CsvHead.of(header(header), columns);
        } catch (CsvParseException | UncheckedIOException e) {
            return CsvRows.refusing(noCsv("header", "", e));
        } catch (BadPayloadException e) {
            return CsvRows.refusing(e);
        }
        List<List<String>> sample =
                first.stream().limit(SAMPLE).map(row -> sampleFields(row, head)).toList();
        return new CsvRows(columns, head, head.format(sample), notes, times);
    }

    private static List<String> sampleFields(byte[] row, CsvHead head) {
        try {
            return head.fields(Text.of(row, LONGEST));
        } catch (CsvParseException | UncheckedIOException | BadPayloadException e) {
            // It is refused when its turn comes.
            return List.of();
        }
    }

    /** Names with a degree sign or an umlaut are often all in a file that is no UTF-8. */
    private static String header(byte[] header) throws BadPayloadException {
        try {
            return Text.of(header, LONGEST);
        } catch (BadPayloadException e) {
            if (header.length > LONGEST) {
                throw e;
            }
            return new String(header, CsvHead.WINDOWS_1252);
        }
    }

    static BadPayloadException noCsv(String what, String where, RuntimeException e) {
        String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        return new BadPayloadException(
                what + ": is no valid CSV" + where + ": " + BadPayloadException.shown(String.valueOf(cause)));
    }
}
