package dev.vorrang.ingest.csv;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The characters of a file in UTF-8, gzip unpacked and a byte order mark taken off, and after them a line with a mark: a parser that
 * meets it within quotation marks has read on to the end of the file for want of a closing one, which it would not tell by itself.
 */
final class CsvText extends Reader {

    static final char END_CHARACTER = '\uFFFF';
    /** Characters that Unicode reserves for use within a program. */
    static final String END = "\uFFFF\uFFFE\uFFFF";

    /** As much of the start as is looked at to find the header and what kind of file it is. */
    private static final int START = 64 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader text;
    private char last = '\n';
    private String rest;

    private CsvText(BufferedReader text) {
        this.text = text;
    }

    /** @throws CsvFileException if it is not text, or another encoding by its first bytes */
    static CsvText open(Path file) throws IOException {
        InputStream bytes = unpacked(file);
        try {
            bytes.mark(START);
            CsvEncoding.check(file, bytes.readNBytes(START));
            bytes.reset();
            var text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), START);
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            return new CsvText(text);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** The bytes of a file, unpacked if it is packed with gzip, whatever its name. */
    static InputStream unpacked(Path file) throws IOException {
        var bytes = new BufferedInputStream(Files.newInputStream(file), START);
        try {
            bytes.mark(2);
            boolean packed = bytes.read() == 0x1f && bytes.read() == 0x8b;
            bytes.reset();
            return packed ? new BufferedInputStream(new GZIPInputStream(bytes, START), START) : bytes;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** The first characters; what is read next begins with them again. */
    String start() throws IOException {
        text.mark(START);
        var start = new char[START];
        int length = 0;
        for (int read = 0; read >= 0 && length < START; length += Math.max(read, 0)) {
            read = text.read(start, length, START - length);
        }
        text.reset();
        return new String(start, 0, length);
    }

    /** Whether the characters read last, before the mark of the end, end a line. */
    boolean endsLine() {
        return last == '\n' || last == '\r';
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = text.read(buffer, offset, length);
        if (read > 0) {
            last = buffer[offset + read - 1];
            return read;
        }
        if (rest == null) {
            rest = (endsLine() ? "" : "\n") + END;
        }
        int part = Math.min(length, rest.length());
        rest.getChars(0, part, buffer, offset);
        rest = rest.substring(part);
        return part == 0 ? -1 : part;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
