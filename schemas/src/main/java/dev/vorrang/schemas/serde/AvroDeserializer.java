package dev.vorrang.schemas.serde;

import dev.vorrang.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Deserializes records in Confluent wire format. Thread-safe. */
final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {

    private final SchemaRegistry registry;
    private final ReaderFactory<T> readers;
    private final Map<Integer, DatumReader<T>> readerOfId = new ConcurrentHashMap<>();

    /** Creates the reader for a writer schema. */
    @FunctionalInterface
    private interface ReaderFactory<T> {
        DatumReader<T> of(Schema writer) throws IOException;
    }

    private AvroDeserializer(SchemaRegistry registry, ReaderFactory<T> readers) {
        this.registry = registry;
        this.readers = readers;
    }

    static <V extends SpecificRecord> AvroDeserializer<V> specific(SchemaRegistry registry, Class<V> type) {
        SpecificData data = SpecificData.getForClass(type);
        Schema reader = data.getSchema(type);
        return new AvroDeserializer<>(registry, writer -> {
            // Schema resolution compares only the fields.
            if (!writer.getFullName().equals(reader.getFullName())) {
                throw new AvroRuntimeException(
                        "schema is of " + writer.getFullName() + ": expected " + reader.getFullName());
            }
            return new FastReaderBuilder(data).createDatumReader(writer, reader);
        });
    }

    static AvroDeserializer<GenericRecord> generic(SchemaRegistry registry) {
        return new AvroDeserializer<>(registry, writer -> {
            if (writer.getType() != Schema.Type.RECORD) {
                throw new AvroRuntimeException("schema is of type " + writer.getType() + ": expected RECORD");
            }
            // An untrusted schema must not name Java classes to load.
            return new FastReaderBuilder(new GenericData())
                    .withClassPropEnabled(false)
                    .withKeyClassEnabled(false)
                    .createDatumReader(writer);
        });
    }

    @Override
    public T deserialize(String topic, byte[] message) {
        int id = WireFormat.readId(message);
        DatumReader<T> reader = readerOf(id);
        var decoder = new BoundedDecoder(message, WireFormat.HEADER_BYTES);
        T value;
        try {
            value = reader.read(null, decoder);
            if (decoder.isEnd()) {
                return value;
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A recursive schema may overflow the stack; no state outlives this call.
            throw new WireFormatException(
                    "value of " + message.length + " bytes cannot be read with schema " + id + ": " + e, e);
        }
        throw new WireFormatException(
                "value of " + message.length + " bytes has trailing bytes after its record of schema " + id);
    }

    private DatumReader<T> readerOf(int id) {
        DatumReader<T> known = readerOfId.get(id);
        if (known != null) {
            return known;
        }
        Schema writer = registry.schemaOf(id);
        try {
            DatumReader<T> reader = readers.of(writer);
            readerOfId.put(id, reader);
            return reader;
        } catch (IOException | RuntimeException e) {
            throw new WireFormatException("schema " + id + " does not fit: " + e.getMessage(), e);
        }
    }
}
