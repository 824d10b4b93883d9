package dev.vorrang.app.stream;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Follows what comes out of scoring: every score and dead letter that is committed. It belongs to no consumer group and leaves
 * no trace. For one thread.
 */
public final class ScoreFeed implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Topic<MailScore> scored;
    private final Deserializer<MailScore> scores;
    private final Deserializer<DeadLetter> deadLetters;

    private ScoreFeed(KafkaConsumer<byte[], byte[]> consumer, Topics topics, AvroSerdes serdes) {
        this.consumer = consumer;
        this.scored = topics.mailScored();
        this.scores = serdes.valueSerde(scored).deserializer();
        this.deadLetters = serdes.valueSerde(topics.mailDeadLetters()).deserializer();
    }

    /** Starts with the first record that the topics, which must be there, still have. */
    public static ScoreFeed fromBeginning(
            String bootstrapServers, Map<String, String> kafka, Topics topics, AvroSerdes serdes) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("fetch.max.wait.ms", "100");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(partitions(consumer, List.of(topics.mailScored(), topics.mailDeadLetters())));
        consumer.seekToBeginning(consumer.assignment());
        return new ScoreFeed(consumer, topics, serdes);
    }

    /** Hands over what has come, waiting for the first of it no longer than told. */
    public void poll(Duration longest, Consumer<MailScore> onScore, Consumer<DeadLetter> onDeadLetter) {
        for (var record : consumer.poll(longest)) {
            if (record.topic().equals(scored.name())) {
                onScore.accept(scores.deserialize(record.topic(), record.value()));
            } else {
                onDeadLetter.accept(deadLetters.deserialize(record.topic(), record.value()));
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, List<Topic<?>> topics) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .flatMap(info -> Stream.of(new TopicPartition(info.topic(), info.partition())))
                .toList();
    }
}
