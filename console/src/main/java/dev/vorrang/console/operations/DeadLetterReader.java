package dev.vorrang.console.operations;

import dev.vorrang.console.view.OperationsView.DeadLetterView;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.text.ForeignText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads dead letters of scoring and of connectors, and actions that a sink could not carry out. Thread-safe. */
final class DeadLetterReader {

    /** What dead letters of actions belong to, whatever stream an action is about. */
    static final String ACTIONS = "actions";

    /** Of a value this much is shown. */
    private static final int SHOWN_BYTES = 4_096;

    private static final int SHOWN_KEY = 500;
    /** Kafka Connect's, of records that a sink refused. */
    private static final String ERRORS = "__connect.errors.";

    private final Map<String, Letters> topics = new HashMap<>();
    private final String actionsTopic;
    private final Deserializer<Action> actions;

    /** The dead letters of a stream. */
    private record Letters(String stream, Deserializer<DeadLetter> deserializer) {}

    /**
     * @param letters topics of dead letters, by stream
     * @param actions topic of actions that could not be carried out
     */
    DeadLetterReader(Map<String, Topic<DeadLetter>> letters, Topic<Action> actions, AvroSerdes serdes) {
        letters.forEach((stream, topic) -> topics.put(
                topic.name(), new Letters(stream, serdes.valueSerde(topic).deserializer())));
        this.actionsTopic = actions.name();
        this.actions = serdes.valueSerde(actions).deserializer();
    }

    boolean has(String topic) {
        return topics.containsKey(topic) || topic.equals(actionsTopic);
    }

    /**
     * Reads a record of one of the topics.
     *
     * @throws dev.vorrang.schemas.serde.WireFormatException if it cannot be read
     */
    DeadLetterView read(ConsumerRecord<byte[], byte[]> record, boolean withBytes, boolean replayed) {
        return record.topic().equals(actionsTopic)
                ? action(record, withBytes, replayed)
                : letter(record, withBytes, replayed);
    }

    private DeadLetterView letter(ConsumerRecord<byte[], byte[]> record, boolean withBytes, boolean replayed) {
        Letters of = topics.get(record.topic());
        DeadLetter letter = of.deserializer().deserialize(record.topic(), record.value());
        return new DeadLetterView(
                record.topic(),
                record.partition(),
                record.offset(),
                of.stream(),
                letter.getPosition().getTopic() + "/" + letter.getPosition().getPartition() + "/"
                        + letter.getPosition().getOffset(),
                letter.getStage().name(),
                ForeignText.line(letter.getCause()),
                ForeignText.line(letter.getMessage()),
                letter.getFailedAt(),
                Optional.ofNullable(letter.getKey()).map(key -> text(bytes(key))),
                withBytes
                        ? Optional.ofNullable(letter.getValue()).map(value -> base64(bytes(value)))
                        : Optional.empty(),
                letter.getValue() == null ? 0 : letter.getValue().remaining(),
                replayed);
    }

    private DeadLetterView action(ConsumerRecord<byte[], byte[]> record, boolean withBytes, boolean replayed) {
        // What is no action is left out.
        actions.deserialize(record.topic(), record.value());
        return new DeadLetterView(
                record.topic(),
                record.partition(),
                record.offset(),
                ACTIONS,
                header(record, "topic").orElse(record.topic()) + "/"
                        + header(record, "partition").orElse("?") + "/"
                        + header(record, "offset").orElse("?"),
                header(record, "stage").orElse("SINK"),
                header(record, "exception.class.name").orElse("unknown"),
                header(record, "exception.message").orElse(""),
                Instant.ofEpochMilli(record.timestamp()),
                Optional.ofNullable(record.key()).map(DeadLetterReader::text),
                withBytes ? Optional.of(base64(record.value())) : Optional.empty(),
                record.value().length,
                replayed);
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(ERRORS + name);
        return Optional.ofNullable(header).map(Header::value).map(DeadLetterReader::text);
    }

    private static String text(byte[] bytes) {
        String text = ForeignText.line(new String(bytes, StandardCharsets.UTF_8));
        return text.length() <= SHOWN_KEY ? text : text.substring(0, SHOWN_KEY) + "…";
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder()
                .encodeToString(bytes.length <= SHOWN_BYTES ? bytes : Arrays.copyOf(bytes, SHOWN_BYTES));
    }
}
