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
 * Serdes of values in the Confluent wire format: a zero byte, the id of the writer's schema in the registry (four bytes,
 * big-endian), then Avro binary. The registry is asked once for each schema. The serdes are safe for use by many threads, and
 * closing them leaves the registry open.
 *
 * <p>Decoding throws nothing but these, whatever the bytes:
 *
 * <ul>
 *   <li>{@link WireFormatException}: the bytes are null, not in the format, of another record type, damaged, or followed by
 *       more bytes. A length is checked against the bytes at hand before anything is allocated for it.
 *   <li>{@link SchemaNotFoundException}: the registry knows no such schema.
 *   <li>{@link RegistryUnavailableException}: the registry gave no answer; the same bytes may decode later.
 * </ul>
 */
public final class AvroSerdes {

    private final SchemaRegistry registry;

    /** @param registry where schemas are looked up and registered; stays the caller's to close */
    public AvroSerdes(SchemaRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Serde of a topic's values. It reads what any compatible version of the type wrote, into today's fields, and writes
     * with today's schema under the subject of the topic that the record goes to. Writing throws
     * {@link org.apache.kafka.common.errors.SerializationException} if a required field is missing.
     */
    public <V extends SpecificRecord> Serde<V> valueSerde(Topic<V> topic) {
        return Serdes.serdeFrom(
                new AvroSerializer<>(registry, topic.valueType()),
                AvroDeserializer.specific(registry, topic.valueType()));
    }

    /**
     * A value that was written for one topic, for another topic of the same type: only the id of the schema may differ, so nothing
     * is encoded again.
     *
     * @param message what a serializer of a topic of this type wrote; it is not changed
     * @return the message itself if the registry gives the schema the same id for both topics
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

    /** Reads the records of any topic with the schema they were written with, for tools that show them. */
    public Deserializer<GenericRecord> genericDeserializer() {
        return AvroDeserializer.generic(registry);
    }
}
