package dev.vorrang.schemas;

import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * A Kafka topic: name, meaning of the key, type of the values, and settings on creation. Keys are UTF-8 strings; values are
 * Avro in Confluent wire format.
 *
 * @param name full name, prefix included
 * @param key meaning of the key, for documentation
 * @param valueType generated class of the values
 * @param config topic settings on creation, by Kafka's names
 * @param <V> type of the values
 */
public record Topic<V extends SpecificRecord>(String name, String key, Class<V> valueType, Map<String, String> config) {

    public Topic {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(valueType, "valueType");
        config = Map.copyOf(config);
    }
}
