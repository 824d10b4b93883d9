package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Reads and writes the values of a stream's topics. While the registry gives no answer it tries again. Safe for use by many threads.
 *
 * @param <V> type of the input's records
 */
final class OutputWriter<V extends SpecificRecord> {

    /** Kafka's default of max.message.bytes. */
    private static final String DEFAULT_MAX_BYTES = "1048588";
    /** Of a topic's max.message.bytes, for the frame of a batch. */
    private static final int FRAME_BYTES = 1_024;

    private final AvroSerdes serdes;
    private final RetryPolicy retries;
    private final TopicSet<V> topics;
    private final Map<String, Deserializer<? extends SpecificRecord>> deserializers = new HashMap<>();
    private final Map<String, Serializer<? extends SpecificRecord>> serializers = new HashMap<>();

    /** A record as it is sent. */
    record Written(String topic, byte[] key, byte[] value) {}

    OutputWriter(TopicSet<V> topics, AvroSerdes serdes, RetryPolicy retries) {
        this.serdes = serdes;
        this.retries = retries;
        this.topics = topics;
        topics.inputs()
                .forEach(topic ->
                        deserializers.put(topic.name(), serdes.valueSerde(topic).deserializer()));
        topics.outputs()
                .forEach(topic ->
                        serializers.put(topic.name(), serdes.valueSerde(topic).serializer()));
        serializers.put(
                topics.deadLetters().name(),
                serdes.valueSerde(topics.deadLetters()).serializer());
    }

    /** @throws RegistryUnavailableException if the registry gave no answer for as long as may be waited */
    V read(Headers headers, byte[] value) {
        return topics.input().valueType().cast(read(topics.input(), headers, value));
    }

    SpecificRecord read(Topic<?> topic, Headers headers, byte[] value) {
        return retry("reading from ", topic, () -> deserializers
                .get(topic.name())
                .deserialize(topic.name(), headers, value));
    }

    /**
     * @return what is to be sent, in order
     * @throws RecordTooLargeException if one of them is larger than its topic takes
     * @throws RegistryUnavailableException as {@link #read} does
     */
    List<Written> written(List<Output<?>> outputs) {
        var written = new ArrayList<Written>(outputs.size());
        SpecificRecord before = null;
        byte[] bytes = null;
        for (Output<?> output : outputs) {
            Topic<?> topic = output.topic();
            byte[] same = bytes;
            bytes = output.value() == before
                    ? retry("writing to ", topic, () -> serdes.forTopic(topic, same))
                    : bytes(topic, output.value());
            before = output.value();
            check(topic, output.key(), bytes);
            written.add(new Written(topic.name(), output.key(), bytes));
        }
        return written;
    }

    /** A letter that fits its topic. */
    Written written(DeadLetter letter, byte[] key) {
        return new Written(topics.deadLetters().name(), key, bytes(topics.deadLetters(), letter));
    }

    private byte[] bytes(Topic<?> topic, SpecificRecord value) {
        @SuppressWarnings("unchecked")
        var serializer = (Serializer<SpecificRecord>) serializers.get(topic.name());
        if (serializer == null) {
            throw new IllegalArgumentException(
                    "topic '" + topic.name() + "' is not one of the stream's outputs " + serializers.keySet());
        }
        return retry("writing to ", topic, () -> serializer.serialize(topic.name(), value));
    }

    private static void check(Topic<?> topic, byte[] key, byte[] value) {
        int most = Integer.parseInt(topic.config().getOrDefault("max.message.bytes", DEFAULT_MAX_BYTES)) - FRAME_BYTES;
        if (key.length + value.length > most) {
            throw new RecordTooLargeException("value of " + value.length + " bytes with a key of " + key.length
                    + " bytes: topic " + topic.name() + " takes " + most + " bytes");
        }
    }

    private <T> T retry(String what, Topic<?> topic, Supplier<T> attempt) {
        return retries.retry(what + topic.name(), RegistryUnavailableException.class::isInstance, attempt);
    }
}
