package dev.vorrang.ingest.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Rows of a CSV file (RFC 4180) in UTF-8, the first line naming the columns. It may begin with a byte order mark, be packed with
 * gzip, and have its fields separated by comma, semicolon, tab or bar: by whichever most of the columns asked for are found. A row
 * that ends early has empty fields for the rest. One row at a time is in memory. For one thread; whoever opens one closes it.
 */
public final class CsvTable implements AutoCloseable {

    /** A longer field, in characters, is a quotation mark that is never closed rather than a text. */
    private static final int MAX_FIELD = 16 * 1024 * 1024;

    private static final String QUOTES =
            "; a field with a quotation mark stands within quotation marks, and has its own doubled";

    private final Path file;
    private final CsvText text;
    private final CsvHeader header;
    private final RowHandler handler;
    private final CloseableIterator<CsvRow> rows;
    private long shortRows;
    private long firstShort;
    private Optional<CsvRow> last = Optional.empty();
    private boolean ended;

    private CsvTable(Path file, CsvText text, CsvHeader header, List<String> columns) {
        this.file = file;
        this.text = text;
        this.header = header;
        this.handler = new RowHandler(header.names(), columns);
        this.rows = CsvHeader.reader(header.separator())
                .skipEmptyLines(false)
                .maxBufferSize(MAX_FIELD)
                .build(handler, text)
                .iterator();
    }

    /**
     * Opens a file and reads its header.
     *
     * @param columns names of the columns to read, without whitespace around them, none of them twice; see {@link #has}
     * @throws CsvFileException if it cannot be read, is not text in UTF-8, or has one of the columns twice
     */
    public static CsvTable open(Path file, List<String> columns) throws CsvFileException {
        if (!Files.isRegularFile(file)) {
            throw new CsvFileException("CSV file " + file + (Files.exists(file) ? " is no file" : " does not exist"));
        }
        CsvText text = null;
        try {
            text = CsvText.open(file);
            CsvHeader header = CsvHeader.find(text.start(), columns);
            for (String column : columns) {
                if (header.isDouble(column)) {
                    throw new CsvFileException("CSV file " + file + " has more than one column '" + column
                            + "', so it is open which to read; rename or delete one");
                }
            }
            return new CsvTable(file, text, header, columns);
        } catch (IOException | RuntimeException e) {
            close(text, e);
            throw refused(file, 1, e);
        }
    }

    private static void close(CsvText text, Exception cause) {
        try {
            if (text != null) {
                text.close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Whether the file has not even a header. */
    public boolean isEmpty() {
        return header.names().isEmpty();
    }

    public boolean has(String column) {
        return header.names().contains(column);
    }

    /**
     * What to tell of columns of which one at least is needed and not there: the columns that are, and the first that may be meant,
     * which differs in nothing but case, whitespace or punctuation.
     */
    public String missing(List<String> columns) {
        return "it has " + header.shown() + ", named on line " + header.line()
                + (header.hasLineBreak() ? "; is a quotation mark there never closed?" : "")
                + columns.stream()
                        .flatMap(column -> near(column).stream())
                        .findFirst()
                        .map(name -> "; did you mean '" + name + "'?")
                        .orElse("");
    }

    /** The column that differs from this one, which is not there, in nothing but case, whitespace or punctuation. */
    public Optional<String> near(String column) {
        return has(column) ? Optional.empty() : header.near(column);
    }

    /**
     * The next row, blank ones too; empty at the end.
     *
     * @throws CsvFileException if the file cannot be read further; the message names the line
     */
    public Optional<CsvRow> next() throws CsvFileException {
        if (ended) {
            return Optional.empty();
        }
        try {
            CsvRow row = rows.next();
            while (row.line() <= header.line() && !handler.ended() && !handler.openQuote()) {
                row = rows.next();
            }
            if (handler.openQuote()) {
                throw new CsvFileException("CSV file " + file + " has a quotation mark in the row that begins on line "
                        + row.line() + " that is never closed" + QUOTES);
            }
            ended = handler.ended();
            if (ended) {
                checkLast();
                return Optional.empty();
            }
            checkWidth(row);
            last = Optional.of(row);
            return last;
        } catch (CsvParseException | UncheckedIOException e) {
            throw refused(file, handler.line(), e);
        }
    }

    private void checkWidth(CsvRow row) throws CsvFileException {
        int width = header.names().size();
        CsvRow.Shape shape = row.shape();
        if (shape.surplus()) {
            throw new CsvFileException("CSV file " + file + ": the row on line " + row.line() + " has " + shape.fields()
                    + " fields, the header names " + width + "; a field with a '" + header.separator()
                    + "' or a line break in it stands within quotation marks");
        }
        if (shape.fields() < width && !shape.blank()) {
            shortRows++;
            firstShort = shortRows == 1 ? row.line() : firstShort;
        }
    }

    /** A row that alone ends early, and with the file, was not written to its end. */
    private void checkLast() throws CsvFileException {
        if (shortRows == 1 && !text.endsLine() && last.isPresent() && last.get().line() == firstShort) {
            throw new CsvFileException("CSV file " + file + " ends within the row on line " + firstShort
                    + ", which has "
                    + last.get().shape().fields() + " of " + header.names().size()
                    + " fields; it seems to be cut off, export it again");
        }
    }

    /** What people should know of the rows read so far, in a sentence. */
    public Optional<String> notice() {
        return shortRows == 0
                ? Optional.empty()
                : Optional.of("CSV file " + file + ": " + shortRows
                        + (shortRows == 1 ? " row has" : " rows have")
                        + " fewer fields than the header, the first on line "
                        + firstShort + "; what it lacks counts as empty");
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    private static CsvFileException refused(Path file, long line, Exception problem) {
        if (problem instanceof CsvFileException known) {
            return known;
        }
        Throwable root = problem;
        for (; root.getCause() != null; root = root.getCause()) {
            if (root instanceof CharacterCodingException) {
                break;
            }
        }
        if (root instanceof CharacterCodingException) {
            return new CsvFileException(CsvEncoding.describe(file), problem);
        }
        if (root instanceof EOFException || root instanceof ZipException) {
            return new CsvFileException(
                    "CSV file " + file + " is packed with gzip and damaged or cut off; pack it again", problem);
        }
        if (root instanceof IOException) {
            return new CsvFileException("CSV file " + file + " cannot be read: " + root.getMessage(), problem);
        }
        return new CsvFileException(
                "CSV file " + file + " is not valid in the row that begins on line " + line + ": " + root.getMessage()
                        + QUOTES,
                problem);
    }
}
