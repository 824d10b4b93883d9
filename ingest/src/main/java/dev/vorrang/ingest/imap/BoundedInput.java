package dev.vorrang.ingest.imap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a server sends, with a bound: the mail library makes room for a literal (RFC 3501, 4.3) of whatever size the server
 * announces, up to 2 GB, and collects answers without end. Here an answer has an allowance; more than that, sent or announced, ends
 * the connection with an error that names both. One thread reads.
 */
final class BoundedInput extends FilterInputStream {

    /** A number beyond any allowance, so that more digits do not overflow. */
    private static final long HUGE = 1L << 50;

    private enum Brace {
        NONE,
        OPEN,
        CLOSED,
        RETURN
    }

    private long allowance;
    private long left;
    /** Bytes that are still to come of a literal. */
    private long literal;
    /** How much of the {@code {123}} before a literal has come. */
    private Brace brace = Brace.NONE;

    private long announced;
    private boolean betweenLines = true;

    BoundedInput(InputStream in, long allowance) {
        super(in);
        allow(allowance);
    }

    /** The next answer may have so many bytes. */
    void allow(long bytes) {
        allowance = bytes;
        left = bytes;
    }

    /** Whether nothing has come since the last end of line. */
    boolean isBetweenLines() {
        return betweenLines;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
            left -= count;
            if (left < 0) {
                throw new IOException(
                        "the server sends more than " + allowance + " bytes where at most so many are allowed");
            }
            follow(bytes, offset, offset + count);
        }
        return count;
    }

    private void follow(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (literal > 0) {
                long skipped = Math.min(literal, to - at);
                literal -= skipped;
                at += (int) skipped;
            } else {
                brace = next(bytes[at]);
                betweenLines = bytes[at] == '\n' && literal == 0;
                at++;
            }
        }
    }

    private Brace next(byte one) throws IOException {
        if (one == '{') {
            announced = 0;
            return Brace.OPEN;
        }
        if (brace == Brace.OPEN && one >= '0' && one <= '9') {
            announced = Math.min(HUGE, 10 * announced + one - '0');
            return Brace.OPEN;
        }
        if (brace == Brace.OPEN && one == '}') {
            return Brace.CLOSED;
        }
        if (brace == Brace.CLOSED && one == '\r') {
            return Brace.RETURN;
        }
        if (brace == Brace.RETURN && one == '\n') {
            if (announced > allowance) {
                throw new IOException(
                        "the server announces " + announced + " bytes where at most " + allowance + " are allowed");
            }
            literal = announced;
        }
        return Brace.NONE;
    }
}
