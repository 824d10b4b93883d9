package dev.vorrang.schemas.registry;

import org.apache.avro.Schema;

/**
 * Stores schemas under ids that consumers look up. Implementations are thread-safe and cache results.
 */
public interface SchemaRegistry extends AutoCloseable {

    /**
     * Id of a schema under a subject. Registers the schema if the settings allow it.
     *
     * @throws RegistryUnavailableException if the registry does not answer; retriable
     * @throws SchemaRejectedException if the schema is incompatible, or not registered and registering is not allowed
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema registered under an id.
     *
     * @throws RegistryUnavailableException if the registry does not answer; retriable
     * @throws SchemaNotFoundException if the id does not exist; not retriable
     */
    Schema schemaOf(int id);

    /** Subject of a topic's values. */
    default String subjectOf(String topic, Schema schema) {
        return topic + "-value";
    }

    @Override
    void close();
}
