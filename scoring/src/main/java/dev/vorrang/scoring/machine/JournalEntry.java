package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Prediction;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A reading that a machine's state has taken, and what which model said of its step: enough to take it again, and to see which
 * outputs are those of a model that is no longer in service. For one thread.
 */
final class JournalEntry {

    private static final int MAX_BYTES = 16 << 20;
    private static final int OPEN = -1;
    /** Version 1 did not keep whose the outputs are. No model has this name. */
    private static final ModelRef UNKNOWN = new ModelRef("", "");

    private final long offset;
    private final byte[] reading;
    private final byte[] maintenance;
    /** Null where no step was concluded: the reading closed none, or the model failed for it. */
    private Prediction<List<float[]>> prediction;

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

    void concluded(Prediction<List<float[]>> given) {
        prediction = given;
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
    Prediction<List<float[]>> prediction() {
        return prediction;
    }

    /** Writes the entry as version 2 of the journal. */
    void write(DataOutput out) throws IOException {
        out.writeLong(offset);
        write(out, reading);
        write(out, maintenance);
        if (prediction == null) {
            out.writeInt(OPEN);
            return;
        }
        out.writeInt(prediction.value().size());
        for (int i = 0; i < prediction.value().size(); i++) {
            out.writeUTF(prediction.models().get(i).getName());
            out.writeUTF(prediction.models().get(i).getVersion());
            float[] output = prediction.value().get(i);
            out.writeInt(output.length);
            for (float number : output) {
                out.writeFloat(number);
            }
        }
    }

    /**
     * @param version of the journal, 1 or 2
     * @throws IOException if the entry is damaged
     */
    static JournalEntry read(DataInput in, int version) throws IOException {
        var entry = new JournalEntry(in.readLong(), bytes(in), bytes(in));
        int count = in.readInt();
        if (count != OPEN) {
            var outputs = new ArrayList<float[]>();
            var models = new ArrayList<ModelRef>();
            for (int i = 0; i < size(count); i++) {
                models.add(version == 1 ? UNKNOWN : new ModelRef(in.readUTF(), in.readUTF()));
                var output = new float[size(in.readInt())];
                for (int j = 0; j < output.length; j++) {
                    output[j] = in.readFloat();
                }
                outputs.add(output);
            }
            entry.prediction = new Prediction<>(outputs, models);
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
        if (size < 0 || size > MAX_BYTES) {
            throw new IOException("damaged journal: a part of " + size + " bytes");
        }
        return size;
    }
}
