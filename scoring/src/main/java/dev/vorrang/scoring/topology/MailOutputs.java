package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Reads and writes the values of the mail topics. While the registry gives no answer it tries again. Safe for use by many threads.
 */
final class MailOutputs {

    /** Kafka's default for max.message.bytes, less room for the frame of a batch. */
    private static final int MOST_BYTES = 1_048_588 - 1_024;

    private final Patience patience;
    private final AvroSerdes serdes;
    private final Topic<MailScore> scoredTopic;
    private final Topic<DeadLetter> deadLetterTopic;
    private final Deserializer<EmailMessage> received;
    private final Serializer<DeadLetter> deadLetters;
    private final Serializer<MailScore> scored;
    private final Map<String, Topic<MailScore>> routes = new LinkedHashMap<>();

    /** A record to send to a topic. */
    record Output(String topic, byte[] key, byte[] value) {}

    MailOutputs(MailStream stream, Patience patience) {
        this.patience = patience;
        serdes = stream.serdes();
        scoredTopic = stream.topics().mailScored();
        deadLetterTopic = stream.topics().mailDeadLetters();
        received = serdes.valueSerde(stream.topics().mailReceived()).deserializer();
        scored = serdes.valueSerde(scoredTopic).serializer();
        deadLetters = serdes.valueSerde(deadLetterTopic).serializer();
        stream.queues().forEach(queue -> routes.put(queue, stream.topics().mailRoute(queue)));
    }

    /** @throws RegistryUnavailableException if the registry gave no answer for as long as may be waited */
    EmailMessage read(String topic, Headers headers, byte[] value) {
        return trying("reading a mail", () -> received.deserialize(topic, headers, value));
    }

    /**
     * All that is to be sent for a score: mail.scored first, then its queues.
     *
     * @throws RecordTooLargeException if one of them is larger than its topic takes
     * @throws IllegalArgumentException if it names an unknown queue
     */
    List<Output> of(MailScore score) {
        byte[] key = score.getThread().getBytes(StandardCharsets.UTF_8);
        var outputs = new ArrayList<Output>(1 + score.getQueues().size());
        byte[] value = bytes(scored, scoredTopic, score);
        outputs.add(output(scoredTopic, key, value));
        for (String queue : score.getQueues()) {
            Topic<MailScore> topic = routes.get(queue);
            if (topic == null) {
                throw new IllegalArgumentException(
                        "queue '" + queue + "' is not one of the configured queues " + routes.keySet());
            }
            outputs.add(output(topic, key, trying("writing to " + topic.name(), () -> serdes.forTopic(topic, value))));
        }
        return outputs;
    }

    Output of(DeadLetter letter, byte[] key) {
        return new Output(deadLetterTopic.name(), key, bytes(deadLetters, deadLetterTopic, letter));
    }

    private static Output output(Topic<MailScore> topic, byte[] key, byte[] value) {
        if (key.length + value.length > MOST_BYTES) {
            throw new RecordTooLargeException("score of " + value.length + " bytes with a key of " + key.length
                    + " bytes: topic " + topic.name() + " takes " + MOST_BYTES + " bytes");
        }
        return new Output(topic.name(), key, value);
    }

    private <V extends SpecificRecord> byte[] bytes(Serializer<V> serializer, Topic<V> topic, V value) {
        return trying("writing to " + topic.name(), () -> serializer.serialize(topic.name(), value));
    }

    private <T> T trying(String what, Supplier<T> attempt) {
        return patience.retry(what, RegistryUnavailableException.class::isInstance, attempt);
    }
}
