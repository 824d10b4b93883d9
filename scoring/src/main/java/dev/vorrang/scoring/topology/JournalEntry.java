package dev.vorrang.scoring.topology;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A reading that a machine's state has taken, and what the models said of its step: enough to take it again. For one thread. */
final class JournalEntry {

    private static final int MOST_BYTES = 16 << 20;
    private static final int OPEN = -1;

    private final long offset;
    private final byte[] reading;
    private final byte[] maintenance;
    /** Null where no step was concluded: the reading closed none, or the model failed for it. */
    private List<float[]> outputs;

    /**
     * @param offset of the reading's record
     * @param reading the record's value
     * @param maintenance the machine's mark at that time, empty for none
     */
    JournalEntry(long offset, byte[] reading, byte[] maintenance) {
        this.offset = offset;
        this.reading = reading;
        this.maintenance = maintenance;
    }

    void concluded(List<float[]> given) {
        outputs = given;
    }

    long offset() {
        return offset;
    }

    byte[] reading() {
        return reading;
    }

    byte[] maintenance() {
        return maintenance;
    }

    /** Null where no step was concluded. */
    List<float[]> outputs() {
        return outputs;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(offset);
        write(out, reading);
        write(out, maintenance);
        out.writeInt(outputs == null ? OPEN : outputs.size());
        for (float[] output : outputs == null ? List.<float[]>of() : outputs) {
            out.writeInt(output.length);
            for (float number : output) {
                out.writeFloat(number);
            }
        }
    }

    static JournalEntry read(DataInput in) throws IOException {
        var entry = new JournalEntry(in.readLong(), bytes(in), bytes(in));
        int count = in.readInt();
        if (count != OPEN) {
            entry.outputs = new ArrayList<>();
            for (int i = 0; i < size(count); i++) {
                var output = new float[size(in.readInt())];
                for (int j = 0; j < output.length; j++) {
                    output[j] = in.readFloat();
                }
                entry.outputs.add(output);
            }
        }
        return entry;
    }

    private static void write(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInput in) throws IOException {
        var bytes = new byte[size(in.readInt())];
        in.readFully(bytes);
        return bytes;
    }

    private static int size(int size) throws IOException {
        if (size < 0 || size > MOST_BYTES) {
            throw new IOException("damaged journal: a part of " + size + " bytes");
        }
        return size;
    }
}
