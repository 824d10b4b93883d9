package dev.vorrang.app.streams.mail.score;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.ingest.csv.CsvRow;
import dev.vorrang.ingest.csv.CsvTable;
import dev.vorrang.schemas.EmailMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Mails from the rows of a CSV file that {@link CsvTable} can read. A mail's id is that of its column {@code id}, else the number of
 * its row, counted from 1; lines without any character do not count, and a row without a text is a mail without one. One row at a
 * time is in memory.
 */
public final class CsvMailReader implements MailReader {

    private static final String ID = "id";

    private final Path file;
    private final List<String> names;
    private final CsvColumns columns;
    private final Instant now;
    private final CsvTable table;
    private Optional<CsvRow> ahead;
    private long row;

    /** @throws IOException if the file cannot be read, has no rows, or lacks a named column; the message says which */
    public CsvMailReader(Path file, CsvColumns columns, Clock clock) throws IOException {
        this.file = file;
        this.columns = columns;
        this.names = Stream.concat(columns.named().stream(), Stream.of(ID))
                .distinct()
                .toList();
        this.now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.table = CsvTable.open(file, names);
        try {
            ahead = read();
            if (ahead.isEmpty()) {
                throw new IOException("CSV file " + file + " has no rows");
            }
            checkColumns();
        } catch (IOException e) {
            table.close();
            throw e;
        }
    }

    @Override
    public Optional<EmailMessage> next() throws IOException {
        if (ahead.isEmpty()) {
            return Optional.empty();
        }
        CsvRow mail = ahead.get();
        ahead = read();
        row++;
        String id = field(mail, Optional.of(ID));
        id = id.isBlank() ? Long.toString(row) : id;
        return Optional.of(EmailMessage.newBuilder()
                .setId(id)
                .setThread(id)
                .setSource(file.toUri() + "#" + row)
                .setReceivedAt(now)
                .setSubject(field(mail, columns.subject()))
                .setText(field(mail, columns.body().or(columns::text)))
                .build());
    }

    private Optional<CsvRow> read() throws IOException {
        Optional<CsvRow> next = table.next();
        while (next.isPresent() && next.get().isEmptyLine()) {
            next = table.next();
        }
        return next;
    }

    private String field(CsvRow mail, Optional<String> column) {
        return column.map(name -> mail.field(names.indexOf(name))).orElse("");
    }

    private void checkColumns() throws IOException {
        List<String> missing =
                columns.named().stream().filter(name -> !table.has(name)).toList();
        if (!missing.isEmpty()) {
            throw CommandFailedException.wrongUsage(
                    "CSV file " + file + " has no column " + missing + ", " + table.missing(missing));
        }
    }

    @Override
    public List<String> notices() {
        return table.notice().stream().toList();
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
