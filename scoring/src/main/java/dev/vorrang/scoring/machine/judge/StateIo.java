package dev.vorrang.scoring.machine.judge;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes and reads arrays of the state, bit for bit. */
final class StateIo {

    private static final int MAX_LENGTH = 1 << 22;

    private StateIo() {}

    static void write(DataOutput out, float[] values) throws IOException {
        out.writeInt(values.length);
        var bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    static float[] readFloats(DataInput in) throws IOException {
        int length = checked(in.readInt());
        var bytes = new byte[4 * length];
        in.readFully(bytes);
        var values = new float[length];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    static void write(DataOutput out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    static int[] readInts(DataInput in) throws IOException {
        var values = new int[checked(in.readInt())];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    /** @throws IOException if a length cannot have been written */
    static int checked(int length) throws IOException {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IOException("damaged state: an array of " + length + " numbers");
        }
        return length;
    }

    /** Values of so many sensors, NaN for those that are new. */
    static float[] grown(float[] values, int count) {
        float[] grown = Arrays.copyOf(values, count);
        Arrays.fill(grown, values.length, count, Float.NaN);
        return grown;
    }
}
