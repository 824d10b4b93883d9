package dev.vorrang.connectors.avro;

import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.registry.SchemaNotFoundException;
import dev.vorrang.schemas.registry.SchemaRegistry;
import dev.vorrang.schemas.registry.SchemaRejectedException;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.serde.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Writes and reads values in the Confluent wire format, with a registry that speaks Confluent's API. It takes the settings of
 * Confluent's converter by the same names ({@code schema.registry.url}, …; in a worker or connector with the prefix
 * {@code value.converter.}) and can stand in its place for records.
 *
 * <p>A registry that does not answer gives a {@link RetriableException}: with {@code errors.retry.timeout=-1} Connect waits for
 * it, with the default of 0 the task fails at once. Safe for use by many threads once configured.
 */
public final class AvroConverter implements Converter, Versioned {

    private static final int CACHED_SCHEMAS = 100;
    private static final int HEADER_BYTES = 5;

    private final SynchronizedCache<Schema, ConnectToAvro> writers =
            new SynchronizedCache<>(new LRUCache<>(CACHED_SCHEMAS));
    private final SynchronizedCache<org.apache.avro.Schema, AvroToConnect> readers =
            new SynchronizedCache<>(new LRUCache<>(CACHED_SCHEMAS));
    private SchemaRegistry registry;
    private Deserializer<GenericRecord> deserializer;

    /** Made by Connect. */
    public AvroConverter() {}

    /** Uses a registry that is there already; it is closed with the converter. */
    AvroConverter(SchemaRegistry registry) {
        use(registry);
    }

    @Override
    public String version() {
        var version = AvroConverter.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define(
                        "schema.registry.url",
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.Importance.HIGH,
                        "Addresses of the schema registry, tried in turn.")
                .define(
                        "auto.register.schemas",
                        ConfigDef.Type.BOOLEAN,
                        true,
                        ConfigDef.Importance.MEDIUM,
                        "Whether a schema that the registry does not know is registered.");
    }

    /**
     * @param configs settings of the registry client, by Confluent's names
     * @param isKey must be false: keys are plain strings
     * @throws ConfigException if it is meant for keys, or a setting is missing or wrong
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (isKey) {
            throw new ConfigException(
                    "key.converter", AvroConverter.class.getName(), "this converter is for values alone");
        }
        try {
            use(ConfluentSchemaRegistry.connect(configs));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private void use(SchemaRegistry newRegistry) {
        registry = newRegistry;
        deserializer = new AvroSerdes(newRegistry).genericDeserializer();
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        if (schema == null || schema.type() != Schema.Type.STRUCT) {
            throw new DataException("value for topic " + topic + " is "
                    + (schema == null ? "without schema" : schema.type()) + ", allowed: STRUCT");
        }
        var writer = writers.get(schema);
        if (writer == null) {
            writer = new ConnectToAvro(schema);
            writers.put(schema, writer);
        }
        try {
            var avro = writer.schema();
            int id = registry.idOf(registry.subjectOf(topic, avro), avro);
            return encode(id, avro, writer.value(value));
        } catch (RegistryUnavailableException e) {
            throw new RetriableException(e.getMessage(), e);
        } catch (SchemaRejectedException | AvroRuntimeException | IOException e) {
            throw new DataException("value for topic " + topic + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static byte[] encode(int id, org.apache.avro.Schema schema, Object value) throws IOException {
        var bytes = new ByteArrayOutputStream(1024);
        bytes.writeBytes(
                ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        try {
            var record = deserializer.deserialize(topic, value);
            var reader = readers.get(record.getSchema());
            if (reader == null) {
                reader = new AvroToConnect(record.getSchema());
                readers.put(record.getSchema(), reader);
            }
            return new SchemaAndValue(reader.schema(), reader.value(record));
        } catch (RegistryUnavailableException e) {
            throw new RetriableException(e.getMessage(), e);
        } catch (SchemaNotFoundException | WireFormatException e) {
            throw new DataException("value of topic " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
