package dev.vorrang.ingest.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lines of a file put together to rows of CSV: a field in quotation marks may hold line breaks. Where the closing mark does not come
 * within some lines, or what it ends is no row of the table, there is none, and each line is a row. For one thread.
 */
final class RowLines {

    private static final int MAX_LINES = 100;
    private static final int MAX_BYTES = 1 << 16;

    private final LineFile lines;
    private final Predicate<byte[]> fits;
    private byte separator;
    private final Deque<LineFile.Line> read = new ArrayDeque<>();

    /**
     * A row.
     *
     * @param line that it begins on
     * @param content with LF for the line breaks in it
     */
    record Row(long line, LineFile.Line content) {}

    /** Finds the separator in the first line, for the header, which may hold line breaks, too. */
    RowLines(LineFile lines) {
        this.lines = lines;
        this.fits = any -> true;
        this.separator = 0;
    }

    /** @param fits whether lines that were put together are a row of the table */
    RowLines(LineFile lines, char separator, Predicate<byte[]> fits) {
        this.lines = lines;
        this.fits = fits;
        this.separator = (byte) separator;
    }

    /**
     * The next row.
     *
     * @param last whether what follows the last end of line is a line as well
     * @return empty if there is none yet
     */
    Optional<Row> next(boolean last) throws IOException {
        Optional<LineFile.Line> first = line(last);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        if (separator == 0) {
            separator = likeliest(first.get().bytes());
        }
        var parts = new ArrayList<>(List.of(first.get()));
        int bytes = first.get().bytes().length;
        boolean open = !first.get().tooLong() && opens(first.get().bytes(), false);
        while (open && parts.size() < MAX_LINES && bytes < MAX_BYTES) {
            Optional<LineFile.Line> next = line(last);
            if (next.isEmpty()) {
                if (!last) {
                    return Optional.empty();
                }
                break;
            }
            parts.add(next.get());
            bytes += next.get().bytes().length;
            open = next.get().tooLong() || opens(next.get().bytes(), true);
        }
        if (open || parts.size() > 1 && !fits.test(joined(parts).bytes())) {
            for (int i = parts.size() - 1; i > 0; i--) {
                read.addFirst(parts.get(i));
            }
            parts.subList(1, parts.size()).clear();
        }
        return Optional.of(new Row(first.get().after().lines(), joined(parts)));
    }

    private static byte likeliest(byte[] line) {
        byte best = ',';
        int most = 0;
        for (byte separator : new byte[] {',', ';', '\t', '|'}) {
            int count = 0;
            for (byte each : line) {
                count += each == separator ? 1 : 0;
            }
            if (count > most) {
                most = count;
                best = separator;
            }
        }
        return best;
    }

    private Optional<LineFile.Line> line(boolean last) throws IOException {
        return read.isEmpty() ? lines.next(last) : Optional.of(read.remove());
    }

    /** Whether a field in quotation marks is open at the end of a line. */
    private boolean opens(byte[] line, boolean openBefore) {
        boolean open = openBefore;
        boolean start = !openBefore;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '"' && open) {
                boolean doubled = i + 1 < line.length && line[i + 1] == '"';
                open = doubled || !endsField(line, i + 1);
                i += doubled ? 1 : 0;
            } else {
                open |= start && line[i] == '"';
            }
            start = line[i] == separator && !open;
        }
        return open;
    }

    /** A quotation mark within a text, as that of inches, closes nothing. */
    private boolean endsField(byte[] line, int from) {
        int next = from;
        while (next < line.length && line[next] == ' ') {
            next++;
        }
        return next == line.length || line[next] == separator;
    }

    private static LineFile.Line joined(List<LineFile.Line> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        var bytes = new ByteArrayOutputStream();
        for (LineFile.Line part : parts) {
            if (bytes.size() > 0) {
                bytes.write('\n');
            }
            bytes.writeBytes(part.bytes());
        }
        return new LineFile.Line(
                bytes.toByteArray(), false, parts.get(parts.size() - 1).after());
    }
}
