package dev.vorrang.schemas.registry;

import org.apache.avro.Schema;

/**
 * Where schemas are kept under ids that everyone who reads a topic can look up. Implementations are safe for use by many
 * threads and remember what they have once looked up.
 */
public interface SchemaRegistry extends AutoCloseable {

    /**
     * Id of a schema under a subject, registering it where the settings allow that.
     *
     * @throws RegistryUnavailableException if no answer could be had; worth another try
     * @throws SchemaRejectedException if the registry answered no: incompatible, or not registered and not allowed to register
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema that was registered under an id.
     *
     * @throws RegistryUnavailableException if no answer could be had; worth another try
     * @throws SchemaNotFoundException if the registry knows no such id; no further try will help
     */
    Schema schemaOf(int id);

    /** Subject that a topic's values are registered under. */
    default String subjectOf(String topic, Schema schema) {
        return topic + "-value";
    }

    @Override
    void close();
}
