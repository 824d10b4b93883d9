package dev.vorrang.app.stream;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Follows what comes out of scoring: every score, alert and dead letter that is committed. It belongs to no consumer group and leaves
 * no trace. For one thread.
 */
public final class ScoreFeed implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Reader> readers;

    /** Takes what comes. */
    public interface Listener {

        void scored(MailScore score);

        void scored(MachineScore score);

        void changed(MachineAlert alert);

        void refused(DeadLetter letter);
    }

    private interface Reader {
        void read(byte[] value, Listener listener);
    }

    private ScoreFeed(KafkaConsumer<byte[], byte[]> consumer, Map<String, Reader> readers) {
        this.consumer = consumer;
        this.readers = readers;
    }

    /** Starts with the first record that the topics, which must be there, still have. */
    public static ScoreFeed fromBeginning(
            String bootstrapServers, Map<String, String> kafka, Topics topics, AvroSerdes serdes) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("fetch.max.wait.ms", "100");
        var readers = new HashMap<String, Reader>();
        add(readers, serdes, topics.mailScored(), (listener, score) -> listener.scored(score));
        add(readers, serdes, topics.machineScored(), (listener, score) -> listener.scored(score));
        add(readers, serdes, topics.machineAlerts(), Listener::changed);
        add(readers, serdes, topics.mailDeadLetters(), Listener::refused);
        add(readers, serdes, topics.machineDeadLetters(), Listener::refused);
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(readers.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        return new ScoreFeed(consumer, readers);
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
