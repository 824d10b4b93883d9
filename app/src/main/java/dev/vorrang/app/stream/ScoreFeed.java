package dev.vorrang.app.stream;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Follows what comes out of scoring: every output and dead letter that is committed. It belongs to no consumer group and leaves no
 * trace. For one thread.
 */
public final class ScoreFeed implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Reader> readers;

    /**
     * The outputs of one stream.
     *
     * @param stream its name
     * @param outputs topics that are followed, the scores first
     * @param deadLetters of the stream
     */
    public record Followed(String stream, List<Topic<?>> outputs, Topic<DeadLetter> deadLetters) {}

    /** Takes what comes. */
    public interface Listener {

        /**
         * @param stream name of the stream
         * @param score whether it is one of the scores, of which each record has one
         */
        void output(String stream, SpecificRecord output, boolean score);

        void refused(String stream, DeadLetter letter);
    }

    private interface Reader {
        void read(byte[] value, Listener listener);
    }

    private ScoreFeed(KafkaConsumer<byte[], byte[]> consumer, Map<String, Reader> readers) {
        this.consumer = consumer;
        this.readers = readers;
    }

    /**
     * Starts with the first record that the topics, which must be there, still have.
     *
     * @param kafka further settings of the client, by Kafka's names
     */
    public static ScoreFeed fromBeginning(
            String bootstrapServers, Map<String, String> kafka, List<Followed> streams, AvroSerdes serdes) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("fetch.max.wait.ms", "100");
        var readers = new HashMap<String, Reader>();
        streams.forEach(stream -> add(readers, serdes, stream));
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(readers.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        return new ScoreFeed(consumer, readers);
    }

    private static void add(Map<String, Reader> readers, AvroSerdes serdes, Followed stream) {
        for (int i = 0; i < stream.outputs().size(); i++) {
            boolean score = i == 0;
            add(
                    readers,
                    serdes,
                    stream.outputs().get(i),
                    (listener, output) -> listener.output(stream.stream(), output, score));
        }
        add(readers, serdes, stream.deadLetters(), (listener, letter) -> listener.refused(stream.stream(), letter));
    }

    private static <V extends SpecificRecord> void add(
            Map<String, Reader> readers, AvroSerdes serdes, Topic<V> topic, BiConsumer<Listener, V> hand) {
        Deserializer<V> deserializer = serdes.valueSerde(topic).deserializer();
        readers.put(
                topic.name(),
                (value, listener) -> hand.accept(listener, deserializer.deserialize(topic.name(), value)));
    }

    /** Hands over what has come, waiting for the first of it no longer than told. */
    public void poll(Duration longest, Listener listener) {
        for (var record : consumer.poll(longest)) {
            readers.get(record.topic()).read(record.value(), listener);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
