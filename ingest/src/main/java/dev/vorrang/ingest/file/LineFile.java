package dev.vorrang.ingest.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A file that is read line by line, from a position on; a line ends with LF, CR or both. It is unpacked where its name ends in
 * {@code .gz} or its content says so, and read as UTF-16 where it begins with that byte order mark. For one thread.
 */
final class LineFile implements AutoCloseable {

    /** A line that is longer is no reading. */
    static final int LONGEST = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] head = new byte[FilePosition.HEAD];
    private long bytes;
    private long lines;
    private String fingerprint;
    private boolean atEnd;

    /**
     * A line.
     *
     * @param bytes without its end; the first {@link #LONGEST} of one that is longer
     * @param tooLong whether it is longer
     * @param after where the next one begins
     */
    record Line(byte[] bytes, boolean tooLong, FilePosition after) {}

    private LineFile(InputStream in) {
        this.in = in;
    }

    /** From its first line on; a symbolic link cannot be opened. */
    static LineFile open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), BUFFER);
        try {
            boolean packed = file.getFileName().toString().endsWith(".gz") || startsWith(raw, 0x1f, 0x8b);
            InputStream in = packed ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
            boolean wide = startsWith(in, 0xff, 0xfe) || startsWith(in, 0xfe, 0xff);
            return new LineFile(
                    wide ? new BufferedInputStream(new Utf8Stream(in, StandardCharsets.UTF_16), BUFFER) : in);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static boolean startsWith(InputStream in, int first, int second) throws IOException {
        in.mark(2);
        boolean starts = in.read() == first && in.read() == second;
        in.reset();
        return starts;
    }

    /**
     * Goes to where it was read to.
     *
     * @return false if this is another file than the one that was read, or it was cut short; nothing can be read then
     */
    boolean skipTo(FilePosition position) throws IOException {
        while (bytes < position.bytes()) {
            if (bytes < FilePosition.HEAD) {
                int one = in.read();
                if (one < 0) {
                    return false;
                }
                count(one);
                continue;
            }
            long skipped = in.skip(position.bytes() - bytes);
            if (skipped == 0) {
                if (in.read() < 0) {
                    return false;
                }
                skipped = 1;
            }
            bytes += skipped;
        }
        lines = position.lines();
        return position.bytes() == 0 || position().fingerprint().equals(position.fingerprint());
    }

    /**
     * The next line.
     *
     * @param last whether what follows the last end of line is a line as well
     * @return empty if there is none yet
     */
    Optional<Line> next(boolean last) throws IOException {
        var line = new ByteArrayOutputStream();
        boolean tooLong = false;
        boolean any = false;
        int one = in.read();
        while (one >= 0 && one != '\n' && one != '\r') {
            any = true;
            count(one);
            if (line.size() < LONGEST) {
                line.write(one);
            } else {
                tooLong = true;
            }
            one = in.read();
        }
        if (one < 0 && !(any && last)) {
            return Optional.empty();
        }
        if (one >= 0) {
            count(one);
        }
        if (one == '\r' && !takeLineFeed() && !last && atEnd) {
            return Optional.empty();
        }
        lines++;
        return Optional.of(new Line(line.toByteArray(), tooLong, position()));
    }

    /** The second half of an end of line of two characters; it may not be written yet. */
    private boolean takeLineFeed() throws IOException {
        in.mark(1);
        int one = in.read();
        atEnd = one < 0;
        if (one == '\n') {
            count(one);
            return true;
        }
        if (one >= 0) {
            in.reset();
        }
        return false;
    }

    private void count(int one) {
        if (bytes < FilePosition.HEAD) {
            head[(int) bytes] = (byte) one;
            fingerprint = null;
        }
        bytes++;
    }

    private FilePosition position() {
        if (fingerprint == null) {
            fingerprint = fingerprint(head, (int) Math.min(bytes, FilePosition.HEAD));
        }
        return new FilePosition(bytes, lines, fingerprint);
    }

    private static String fingerprint(byte[] head, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(head, 0, length);
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether an exception says that the file ends too early, as one does that is still being written. */
    static boolean isCutShort(IOException e) {
        return e instanceof EOFException;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
