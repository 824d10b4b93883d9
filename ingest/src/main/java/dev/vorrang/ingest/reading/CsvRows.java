package dev.vorrang.ingest.reading;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the rows under one header. For one thread. */
public final class CsvRows {

    private final CsvReadingDecoder.Columns columns;
    private final CsvHead head;
    private final NumberFormat format;
    private final SensorNotes notes;
    private final LocalTimes times;
    private final BadPayloadException problem;

    CsvRows(CsvReadingDecoder.Columns columns, CsvHead head, NumberFormat format, SensorNotes notes, LocalTimes times) {
        this(columns, head, format, notes, times, null);
    }

    private CsvRows(
            CsvReadingDecoder.Columns columns,
            CsvHead head,
            NumberFormat format,
            SensorNotes notes,
            LocalTimes times,
            BadPayloadException problem) {
        this.columns = columns;
        this.head = head;
        this.format = format;
        this.notes = notes;
        this.times = times;
        this.problem = problem;
    }

    static CsvRows refusing(BadPayloadException problem) {
        return new CsvRows(null, null, null, null, null, problem);
    }

    /** Why no row can be read; empty if rows can. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem).map(Throwable::getMessage);
    }

    /** Names of the columns; none if there is a {@link #problem}. */
    public List<String> header() {
        return head == null ? List.of() : head.names();
    }

    /** What separates fields; a comma if there is a {@link #problem}. */
    public char separator() {
        return head == null ? ',' : head.separator();
    }

    /**
     * Whether a row is the header again, as where files were put one behind the other, or their writer was started anew; that is no
     * reading.
     */
    public boolean isHeader(DecodedRow row) {
        return head != null && row.fields().stream().map(String::strip).toList().equals(head.names());
    }

    /** Whether a row has as many fields as the header. */
    public boolean fits(byte[] row) {
        try {
            return head != null
                    && fitting(head.fields(Text.of(row, CsvReadingDecoder.LONGEST)))
                                    .size()
                            == head.names().size();
        } catch (CsvParseException | UncheckedIOException | BadPayloadException e) {
            return false;
        }
    }

    /** Reads a row; one that is no reading is refused. */
    public DecodedRow row(byte[] row, Origin origin) {
        if (problem != null) {
            return new DecodedRow(List.of(), problem.refused(origin.source(), row), Optional.empty());
        }
        try {
            return row(head.fields(Text.of(row, CsvReadingDecoder.LONGEST)), row, origin);
        } catch (CsvParseException | UncheckedIOException e) {
            BadPayloadException bad = CsvReadingDecoder.noCsv("row", "", e);
            return new DecodedRow(List.of(), bad.refused(origin.source(), row), Optional.empty());
        } catch (BadPayloadException e) {
            return new DecodedRow(List.of(), e.refused(origin.source(), row), Optional.empty());
        }
    }

    DecodedRow row(List<String> written, byte[] bytes, Origin origin) {
        try {
            List<String> fields = fitting(written);
            Optional<String> machine = columns.machine().map(column -> field(fields, column));
            var values = new SensorValues(notes, origin.source());
            Map<String, String> texts = texts(fields);
            Optional<Instant> time = time(fields, machine.or(origin::machine).orElse(""), values, origin);
            for (int i = 0; i < fields.size(); i++) {
                String name = head.names().get(i);
                boolean named = Optional.of(name).equals(columns.machine())
                        || Optional.of(name).equals(columns.time());
                if (!named && columns.isSensor(name)) {
                    values.put(name, Numbers.of(fields.get(i), format), fields.get(i));
                }
            }
            Decoded decoded = columns.target().of(new Row(machine, time, values, texts, bytes, origin));
            return new DecodedRow(fields, decoded, time);
        } catch (BadPayloadException e) {
            return new DecodedRow(written, e.refused(origin.source(), bytes), Optional.empty());
        }
    }

    /** Fields that are taken as they stand; of readings there are none. */
    private Map<String, String> texts(List<String> fields) {
        if (columns.target().texts().isEmpty()) {
            return Map.of();
        }
        var texts = new HashMap<String, String>();
        for (String name : columns.target().texts()) {
            String text = field(fields, name);
            if (!text.isEmpty()) {
                texts.put(name, text);
            }
        }
        return texts;
    }

    private String field(List<String> fields, String column) {
        return fields.get(head.names().indexOf(column)).strip();
    }

    private Optional<Instant> time(List<String> fields, String machine, SensorValues values, Origin origin)
            throws BadPayloadException {
        if (columns.time().isEmpty()) {
            return Optional.empty();
        }
        ReadingTime.Written written =
                ReadingTime.written(field(fields, columns.time().get()));
        LocalTimes.Resolved resolved = times.resolve(written, columns.zone(), machine, origin.receivedAt());
        resolved.flag().ifPresent(values::flag);
        resolved.flag()
                .ifPresent(flag ->
                        notes.tell(flag, origin.source(), "a time in the hour of a clock change is flagged " + flag));
        return Optional.of(resolved.instant());
    }

    /** As many fields as the header has; empty ones behind them are none. */
    private List<String> fitting(List<String> fields) throws BadPayloadException {
        int width = head.names().size();
        if (fields.size() > width
                && fields.subList(width, fields.size()).stream().allMatch(String::isBlank)) {
            return new ArrayList<>(fields.subList(0, width));
        }
        if (fields.size() != width) {
            throw new BadPayloadException("row of " + fields.size() + " fields: the header has " + width);
        }
        return fields;
    }
}
