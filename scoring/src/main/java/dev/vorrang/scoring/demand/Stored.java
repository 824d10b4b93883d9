package dev.vorrang.scoring.demand;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** States as bytes, after a version; refuses numbers that a state cannot hold, before anything is allocated by them. */
final class Stored {

    private static final byte VERSION = 1;

    private Stored() {}

    /** Writes a part of a state. */
    interface Part {
        void write(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Part part) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            part.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A state's bytes after their version. */
    static DataInput opened(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("state has version " + version + ", allowed is " + VERSION);
        }
        return in;
    }

    /** @throws IOException if the number is not within its bounds, which are allowed */
    static int between(String what, int number, int least, int most) throws IOException {
        if (number < least || number > most) {
            throw new IOException("damaged state: " + what + " is " + number + ", allowed is " + least + " to " + most);
        }
        return number;
    }
}
