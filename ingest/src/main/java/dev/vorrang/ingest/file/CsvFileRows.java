package dev.vorrang.ingest.file;

import dev.vorrang.ingest.reading.CsvReadingDecoder;
import dev.vorrang.ingest.reading.CsvRows;
import dev.vorrang.ingest.reading.DecodedRow;
import dev.vorrang.ingest.reading.LocalTimes;
import dev.vorrang.ingest.reading.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of one complete CSV file of readings, read as those of a folder are. For one thread. */
public final class CsvFileRows implements AutoCloseable {

    private final Path file;
    private final Optional<CsvRows> reader;
    private final LineFile lines;
    private final RowLines rows;

    /**
     * A row of the file.
     *
     * @param line that it begins on, counted from 1
     */
    public record Row(long line, DecodedRow content) {}

    private CsvFileRows(Path file, Optional<CsvRows> reader, LineFile lines) {
        this.file = file;
        this.reader = reader;
        this.lines = lines;
        this.rows = FolderReader.rows(lines, reader);
    }

    /** Opens a file; it may be a symbolic link. */
    public static CsvFileRows open(Path file, CsvReadingDecoder csv) throws IOException {
        Path path = file.toRealPath();
        Optional<CsvStart> start = CsvStart.read(path, true);
        LineFile lines = LineFile.open(path);
        try {
            if (start.isPresent()) {
                lines.skipTo(start.get().after());
            }
            var reader = start.map(each -> csv.under(each.header(), each.sample(), LocalTimes.ofFile()));
            return new CsvFileRows(path, reader, lines);
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** Names of the columns; none if the file is empty or has no header that could be read, see {@link #problem}. */
    public List<String> header() {
        return reader.map(CsvRows::header).orElse(List.of());
    }

    /** Why no row can be read. */
    public Optional<String> problem() {
        return reader.flatMap(CsvRows::problem);
    }

    /**
     * The next row that is not blank and not the header again.
     *
     * @return empty at the end
     * @throws IOException if the file cannot be read further, as when it is packed and damaged
     */
    public Optional<Row> next() throws IOException {
        while (reader.isPresent()) {
            Optional<RowLines.Row> next = rows.next(true);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (!CsvStart.isBlank(next.get())) {
                Row row = row(reader.get(), next.get());
                if (!reader.get().isHeader(row.content())) {
                    return Optional.of(row);
                }
            }
        }
        return Optional.empty();
    }

    private Row row(CsvRows csv, RowLines.Row row) {
        String source = file.toUri() + "#" + row.line();
        if (row.content().tooLong()) {
            var refused = FolderReader.tooLong(source, row.content());
            return new Row(row.line(), new DecodedRow(List.of(), refused, Optional.empty()));
        }
        var origin = new Origin(
                source,
                Optional.of(FolderReader.machine(file.getFileName().toString())),
                Optional.empty(),
                Instant.now());
        return new Row(row.line(), csv.row(row.content().bytes(), origin));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
