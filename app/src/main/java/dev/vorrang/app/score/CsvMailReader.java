package dev.vorrang.app.score;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.vorrang.schemas.EmailMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Mails from the rows of a CSV file (RFC 4180) in UTF-8, the first line naming the columns. A mail's id is that of its column
 * {@code id}, else the number of its row, counted from 1. One row at a time is in memory.
 */
public final class CsvMailReader implements MailReader {

    /** A longer field is a quotation mark that is never closed rather than a mail. */
    private static final int LONGEST_FIELD = 16 * 1024 * 1024;

    private static final String ID = "id";

    private final Path file;
    private final CsvColumns columns;
    private final Instant now;
    private final CloseableIterator<NamedCsvRecord> rows;
    private long row;

    /** @throws IOException if the file cannot be read, has no rows, or lacks a named column; the message says which */
    public CsvMailReader(Path file, CsvColumns columns, Clock clock) throws IOException {
        this.file = file;
        this.columns = columns;
        this.now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.rows = CsvReader.builder()
                .skipEmptyLines(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofNamedCsvRecord(Files.newBufferedReader(file, StandardCharsets.UTF_8))
                .iterator();
        try {
            if (!hasNext()) {
                throw new IOException("CSV file " + file + " has no rows");
            }
        } catch (IOException e) {
            rows.close();
            throw e;
        }
    }

    @Override
    public Optional<EmailMessage> next() throws IOException {
        if (!hasNext()) {
            return Optional.empty();
        }
        NamedCsvRecord record = rows.next();
        row++;
        if (row == 1) {
            checkColumns(record.getHeader());
        }
        String id = record.findField(ID).filter(value -> !value.isBlank()).orElse(Long.toString(row));
        return Optional.of(EmailMessage.newBuilder()
                .setId(id)
                .setThread(id)
                .setSource(file.toUri() + "#" + row)
                .setReceivedAt(now)
                .setSubject(field(record, columns.subject()))
                .setText(field(record, columns.body().or(columns::text)))
                .build());
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    private static String field(NamedCsvRecord record, Optional<String> column) {
        return column.map(record::getField).orElse("");
    }

    private void checkColumns(List<String> header) throws IOException {
        List<String> missing =
                columns.named().stream().filter(name -> !header.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new IOException("CSV file " + file + " has no column " + missing + ", it has " + header);
        }
    }

    private boolean hasNext() throws IOException {
        try {
            return rows.hasNext();
        } catch (CsvParseException | UncheckedIOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof CharacterCodingException) {
                    throw new IOException("CSV file " + file + " is not UTF-8 after row " + row, e);
                }
            }
            String detail = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            throw new IOException(
                    "CSV file " + file + " is not valid after row " + row + ": " + e.getMessage() + detail, e);
        }
    }
}
