package dev.vorrang.ingest.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text of another encoding as UTF-8; what is no text in it is U+FFFD. For one thread. */
final class Utf8Stream extends InputStream {

    private static final int CHARACTERS = 8192;

    private final Reader text;
    private byte[] bytes = new byte[0];
    private int next;

    /** @param in closed with this */
    Utf8Stream(InputStream in, Charset encoding) {
        this.text = new InputStreamReader(in, encoding);
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, bytes.length - next);
        System.arraycopy(bytes, next, target, offset, taken);
        next += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        if (next < bytes.length) {
            return true;
        }
        var characters = new char[CHARACTERS];
        int read = text.read(characters, 0, CHARACTERS - 1);
        if (read > 0 && Character.isHighSurrogate(characters[read - 1])) {
            int low = text.read();
            if (low >= 0) {
                characters[read++] = (char) low;
            }
        }
        bytes = read <= 0 ? new byte[0] : new String(characters, 0, read).getBytes(StandardCharsets.UTF_8);
        next = 0;
        return bytes.length > 0;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
