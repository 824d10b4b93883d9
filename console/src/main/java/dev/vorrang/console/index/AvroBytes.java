package dev.vorrang.console.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Records as the index keeps them: in the schema of this version, which the format of the index names. Thread-safe. */
final class AvroBytes<V extends SpecificRecord> {

    private final Schema schema;
    private final DatumWriter<V> writer;
    private final DatumReader<V> reader;

    AvroBytes(Class<V> type) {
        schema = SpecificData.getForClass(type).getSchema(type);
        writer = new SpecificDatumWriter<>(type);
        reader = new SpecificDatumReader<>(type);
    }

    /** Differs when the schema does, and is the same in every process. */
    String format() {
        return schema.getName() + "/" + Integer.toHexString(schema.toString().hashCode());
    }

    byte[] write(V value) {
        var bytes = new ByteArrayOutputStream(1024);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws UncheckedIOException if the bytes are no such record */
    V read(byte[] bytes) {
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException("a " + schema.getName() + " of " + bytes.length + " bytes", e);
        }
    }
}
