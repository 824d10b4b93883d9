package dev.vorrang.schemas.serde;

import dev.vorrang.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Serializes records in Confluent wire format; null stays null. Thread-safe. */
final class AvroSerializer<V extends SpecificRecord> implements Serializer<V> {

    /** Larger buffers are released after use. */
    private static final int KEPT_BUFFER_BYTES = 1 << 20;

    private static final byte[] HEADER = new byte[WireFormat.HEADER_BYTES];

    private final SchemaRegistry registry;
    private final Schema schema;
    private final DatumWriter<V> writer;
    private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);

    /** Buffer and encoder of one thread, reused for each record. */
    private static final class Buffer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        private BinaryEncoder encoder;
    }

    AvroSerializer(SchemaRegistry registry, Class<V> type) {
        this.registry = registry;
        this.schema = SpecificData.getForClass(type).getSchema(type);
        this.writer = new SpecificDatumWriter<>(type);
    }

    @Override
    public byte[] serialize(String topic, V value) {
        if (value == null) {
            return null;
        }
        int id = registry.idOf(registry.subjectOf(topic, schema), schema);
        byte[] message = encode(topic, value);
        WireFormat.writeId(message, id);
        return message;
    }

    private byte[] encode(String topic, V value) {
        Buffer buffer = buffers.get();
        buffer.bytes.reset();
        buffer.bytes.writeBytes(HEADER);
        try {
            buffer.encoder = EncoderFactory.get().binaryEncoder(buffer.bytes, buffer.encoder);
            writer.write(value, buffer.encoder);
            buffer.encoder.flush();
        } catch (IOException | RuntimeException e) {
            buffers.remove();
            throw new SerializationException(
                    schema.getFullName() + " for topic " + topic + " cannot be written: " + e.getMessage(), e);
        }
        if (buffer.bytes.size() > KEPT_BUFFER_BYTES) {
            buffers.remove();
        }
        return buffer.bytes.toByteArray();
    }
}
