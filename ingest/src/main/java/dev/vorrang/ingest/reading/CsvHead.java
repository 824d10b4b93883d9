package dev.vorrang.ingest.reading;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.vorrang.ingest.csv.CsvHeader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names of the columns of CSV, and what separates its fields.
 *
 * @param names of the columns; a sensor's that stands a second time has {@code (2)} behind it, a column without a name an empty one
 * @param line that the names stand on
 */
record CsvHead(List<String> names, char separator, long line, CsvReadingDecoder.Columns columns) {

    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /**
     * Finds it.
     *
     * @param start of the CSV, one line at least
     * @throws BadPayloadException if it lacks a column, or has one twice that may stand once
     */
    static CsvHead of(String start, CsvReadingDecoder.Columns columns) throws BadPayloadException {
        List<String> wanted = Stream.of(
                        columns.machine().stream(),
                        columns.time().stream(),
                        columns.sensors().stream(),
                        columns.target().required().stream())
                .flatMap(each -> each)
                .toList();
        CsvHeader header = columns.format().separator().isPresent()
                ? CsvHeader.parse(start, columns.format().separator().get())
                : CsvHeader.find(start, wanted);
        List<String> names = header.names();
        String shown = BadPayloadException.shown(String.join(",", names));
        List<String> needed = Stream.of(
                        columns.machine().stream(),
                        columns.time().stream(),
                        columns.target().required().stream().sorted())
                .flatMap(each -> each)
                .toList();
        for (String column : needed) {
            boolean missing = !names.contains(column);
            boolean twice = Collections.frequency(names, column) > 1;
            if (twice || missing && names.stream().distinct().count() < names.size()) {
                throw new BadPayloadException("header '" + shown + "': no column may stand twice");
            }
            if (missing) {
                throw new BadPayloadException("column '" + column + "': is missing, there are '" + shown + "'");
            }
        }
        return new CsvHead(distinct(names), header.separator(), header.line(), columns);
    }

    private static List<String> distinct(List<String> names) {
        var distinct = new ArrayList<String>();
        for (String name : names) {
            int times = 1;
            String free = name;
            while (!name.isEmpty() && distinct.contains(free)) {
                free = name + " (" + ++times + ")";
            }
            distinct.add(free);
        }
        return List.copyOf(distinct);
    }

    CsvReader.CsvReaderBuilder reader() {
        return CsvHeader.reader(separator);
    }

    /** @throws de.siegmar.fastcsv.reader.CsvParseException if the line is no CSV */
    List<String> fields(String line) throws BadPayloadException {
        Iterator<CsvRecord> records = reader().ofCsvRecord(line).iterator();
        if (!records.hasNext()) {
            throw new BadPayloadException("row: is empty");
        }
        return records.next().getFields();
    }

    /** @param rows the first ones */
    NumberFormat format(List<List<String>> rows) {
        if (columns.format().decimalComma().isPresent()) {
            return columns.format().decimalComma().get() ? NumberFormat.COMMA : NumberFormat.POINT;
        }
        var fields = new ArrayList<String>();
        for (List<String> row : rows) {
            for (int i = 0; i < Math.min(row.size(), names.size()); i++) {
                var name = Optional.of(names.get(i));
                boolean named = name.equals(columns.machine()) || name.equals(columns.time());
                Set<String> numbers = columns.target().numbers();
                if (!named && (numbers.isEmpty() || numbers.contains(names.get(i)))) {
                    fields.add(row.get(i));
                }
            }
        }
        return NumberFormat.of(fields, separator);
    }
}
