package dev.vorrang.schemas.serde;

import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.registry.SchemaNotFoundException;
import dev.vorrang.schemas.registry.SchemaRegistry;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Serdes for values in Confluent wire format: a zero byte, the id of the writer schema in the registry (four bytes,
 * big-endian), then Avro binary. Each schema is looked up once. The serdes are thread-safe; closing them does not close the
 * registry.
 *
 * <p>Deserializing throws only these exceptions, whatever the bytes:
 *
 * <ul>
 *   <li>{@link WireFormatException}: the bytes are null, not in the format, of another record type, damaged, or followed by
 *       more bytes. Lengths are checked against the remaining bytes before memory is allocated.
 *   <li>{@link SchemaNotFoundException}: the registry does not have the schema.
 *   <li>{@link RegistryUnavailableException}: the registry did not answer; retriable.
 * </ul>
 */
public final class AvroSerdes {

    private final SchemaRegistry registry;

    /** @param registry where schemas are looked up and registered; closed by the caller */
    public AvroSerdes(SchemaRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Serde of a topic's values. It reads values of every compatible schema version and writes with the current schema, under the
     * subject of the record's topic. Serializing throws {@link org.apache.kafka.common.errors.SerializationException} if a
     * required field is missing.
     */
    public <V extends SpecificRecord> Serde<V> valueSerde(Topic<V> topic) {
        return Serdes.serdeFrom(
                new AvroSerializer<>(registry, topic.valueType()),
                AvroDeserializer.specific(registry, topic.valueType()));
    }

    /**
     * Converts a serialized value for another topic of the same type. Only the schema id may differ, so the value is not encoded
     * again.
     *
     * @param message serialized for a topic of this type; not modified
     * @return the message itself if the schema id is the same for both topics, else a copy
     */
    public <V extends SpecificRecord> byte[] forTopic(Topic<V> topic, byte[] message) {
        Schema schema = SpecificData.getForClass(topic.valueType()).getSchema(topic.valueType());
        int id = registry.idOf(registry.subjectOf(topic.name(), schema), schema);
        if (WireFormat.readId(message) == id) {
            return message;
        }
        byte[] other = message.clone();
        WireFormat.writeId(other, id);
        return other;
    }

    /** Deserializer for records of any topic, with their writer schema. */
    public Deserializer<GenericRecord> genericDeserializer() {
        return AvroDeserializer.generic(registry);
    }
}
