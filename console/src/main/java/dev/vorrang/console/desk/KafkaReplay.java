package dev.vorrang.console.desk;

import dev.vorrang.console.index.TopicFollower;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.serde.WireFormatException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads a dead letter and writes its record to the topic that it came from, which must be an input of the stream that the letter is of.
 * Thread-safe.
 */
public final class KafkaReplay implements Replay {

    private final Map<String, String> kafka;
    private final AvroSerdes serdes;
    private final RecordSender sender;
    private final Map<String, Stream> streams;

    private record Stream(Topic<DeadLetter> letters, Set<String> inputs) {}

    /**
     * @param kafka settings of a client, by Kafka's names
     * @param streams whose letters can be sent again
     */
    public KafkaReplay(Map<String, String> kafka, AvroSerdes serdes, RecordSender sender, List<TopicSet<?>> streams) {
        this.kafka = Map.copyOf(kafka);
        this.serdes = serdes;
        this.sender = sender;
        this.streams = streams.stream()
                .collect(Collectors.toUnmodifiableMap(
                        each -> each.deadLetters().name(),
                        each -> new Stream(
                                each.deadLetters(),
                                each.inputs().stream().map(Topic::name).collect(Collectors.toUnmodifiableSet()))));
    }

    @Override
    public boolean replay(String topic, int partition, long offset) {
        Stream stream = streams.get(topic);
        if (stream == null) {
            return false;
        }
        Optional<DeadLetter> found = read(stream, new TopicPartition(topic, partition), offset)
                .filter(letter -> letter.getValue() != null
                        && stream.inputs().contains(letter.getPosition().getTopic()));
        found.ifPresent(letter -> RecordSender.await(sender.send(record(letter))));
        return found.isPresent();
    }

    private static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        var record =
                new ProducerRecord<>(letter.getPosition().getTopic(), bytes(letter.getKey()), bytes(letter.getValue()));
        letter.getHeaders().forEach((name, value) -> record.headers().add(name, bytes(value)));
        return record;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private Optional<DeadLetter> read(Stream stream, TopicPartition partition, long offset) {
        try {
            return TopicFollower.recordAt(kafka, partition, offset).map(record -> serdes.valueSerde(stream.letters())
                    .deserializer()
                    .deserialize(partition.topic(), record.value()));
        } catch (WireFormatException e) {
            return Optional.empty();
        } catch (InterruptException e) {
            throw new NotWrittenException("interrupted while a dead letter was read", e);
        } catch (KafkaException | RegistryUnavailableException e) {
            throw new NotWrittenException(
                    "dead letter " + partition + " " + offset + " cannot be read: " + e.getMessage(), e);
        }
    }
}
