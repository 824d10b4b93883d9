package dev.vorrang.ingest.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an mbox (RFC 4155) mail by mail. A mail begins at a line "From …" with a time of day in it, at the start of the file or after an
 * empty line, so that a sentence that begins with "From" does not tear a mail in two; one {@code >} before a quoted From is
 * taken away (mboxo and mboxrd). For one thread.
 */
final class MboxReader implements Closeable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_FROM_LINE = 1000;
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern DATE = Pattern.compile(
            "([A-Z][a-z]{2}) {1,2}(\\d{1,2}) (\\d{2}:\\d{2}:\\d{2}) (?:[+-]\\d{4} |[A-Z]{1,5} )?(\\d{4})");
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ENGLISH);

    private final InputStream in;
    private final Path path;
    private final Instant modified;
    private final int maxMailBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Optional<String> fromLine;
    private int number;

    private MboxReader(Path path, int maxMailBytes) throws IOException {
        this.path = path;
        this.maxMailBytes = maxMailBytes;
        this.modified = MailFiles.modified(path);
        this.in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
        this.fromLine = Optional.empty();
    }

    static MboxReader open(Path path, int maxMailBytes) throws IOException {
        MboxReader reader = new MboxReader(path, maxMailBytes);
        if (reader.readPiece()) {
            reader.fromLine = Optional.of(reader.line.toString(StandardCharsets.ISO_8859_1));
            reader.skipRestOfLine();
        }
        return reader;
    }

    /** The next mail, empty after the last. */
    Optional<RawMail> next() throws IOException {
        if (fromLine.isEmpty()) {
            return Optional.empty();
        }
        String from = fromLine.get();
        fromLine = Optional.empty();
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        boolean cut = false;
        boolean afterEmptyLine = true;
        boolean lineStart = true;
        while (readPiece()) {
            byte[] piece = line.toByteArray();
            if (lineStart && afterEmptyLine && isFromLine(piece)) {
                fromLine = Optional.of(new String(piece, StandardCharsets.ISO_8859_1));
                skipRestOfLine();
                break;
            }
            int skip = lineStart && isQuotedFrom(piece) ? 1 : 0;
            int length = Math.min(piece.length - skip, maxMailBytes - mail.size());
            mail.write(piece, skip, length);
            cut |= length < piece.length - skip;
            afterEmptyLine = lineStart && isEmptyLine(piece);
            lineStart = piece[piece.length - 1] == '\n';
        }
        number++;
        String source = MailFiles.source(path) + "#" + number;
        return Optional.of(
                cut
                        ? RawMail.cut(withoutSeparator(mail), source, received(from))
                        : new RawMail(withoutSeparator(mail), source, received(from), 1));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Reads a line with its end, or the next part of one that is longer than the buffer; false at the end of the file. */
    private boolean readPiece() throws IOException {
        line.reset();
        int b = in.read();
        while (b >= 0) {
            line.write(b);
            if (b == '\n' || line.size() >= BUFFER_BYTES) {
                return true;
            }
            b = in.read();
        }
        return line.size() > 0;
    }

    private void skipRestOfLine() throws IOException {
        while (!line.toString(StandardCharsets.ISO_8859_1).endsWith("\n") && readPiece()) {
            // Only a From line longer than the buffer comes here.
        }
    }

    private static boolean isFromLine(byte[] piece) {
        return piece.length <= MAX_FROM_LINE
                && startsWithFrom(piece, 0)
                && DATE.matcher(new String(piece, StandardCharsets.ISO_8859_1)).find();
    }

    private static boolean isQuotedFrom(byte[] piece) {
        int marks = 0;
        while (marks < piece.length && piece[marks] == '>') {
            marks++;
        }
        return marks > 0 && startsWithFrom(piece, marks);
    }

    private static boolean startsWithFrom(byte[] piece, int at) {
        return piece.length >= at + FROM.length && Arrays.equals(piece, at, at + FROM.length, FROM, 0, FROM.length);
    }

    private static boolean isEmptyLine(byte[] piece) {
        return piece[0] == '\n' || (piece.length == 2 && piece[0] == '\r');
    }

    /** Without the empty line that parts a mail from the next. */
    private static byte[] withoutSeparator(ByteArrayOutputStream mail) {
        byte[] bytes = mail.toByteArray();
        int end = bytes.length;
        for (String separator : new String[] {"\r\n\r\n", "\n\n"}) {
            byte[] ending = separator.getBytes(StandardCharsets.US_ASCII);
            int start = end - ending.length;
            if (start >= 0 && Arrays.equals(bytes, start, end, ending, 0, ending.length)) {
                return Arrays.copyOf(bytes, end - ending.length / 2);
            }
        }
        return bytes;
    }

    /** The time on the From line, which is UTC by RFC 4155, else the time of the file. */
    private Instant received(String from) {
        Matcher date = DATE.matcher(from);
        if (date.find()) {
            String text = date.group(1) + " " + date.group(2) + " " + date.group(3) + " " + date.group(4);
            try {
                return LocalDateTime.parse(text, ASCTIME).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException e) {
                return modified;
            }
        }
        return modified;
    }
}
