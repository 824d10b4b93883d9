package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.AvroSerdes;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Reads and writes the values of a topic. While the registry gives no answer it tries again. Safe for use by many threads.
 *
 * @param <V> type of the values
 */
final class TopicValues<V extends SpecificRecord> {

    private final Topic<V> topic;
    private final Serde<V> serde;
    private final Patience patience;

    TopicValues(Topic<V> topic, AvroSerdes serdes, Patience patience) {
        this.topic = topic;
        this.serde = serdes.valueSerde(topic);
        this.patience = patience;
    }

    String topic() {
        return topic.name();
    }

    /** @throws RegistryUnavailableException if the registry gave no answer for as long as may be waited */
    V read(byte[] value) {
        return patience.retry(
                "reading from " + topic.name(),
                RegistryUnavailableException.class::isInstance,
                () -> serde.deserializer().deserialize(topic.name(), value));
    }

    /** @throws RegistryUnavailableException as {@link #read} does */
    byte[] written(V value) {
        return patience.retry(
                "writing to " + topic.name(), RegistryUnavailableException.class::isInstance, () -> serde.serializer()
                        .serialize(topic.name(), value));
    }
}
