package dev.vorrang.app.crash;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics of a broker. For one thread. */
final class CommittedTopics implements TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrapServers;
    private final Runnable stopCheck;

    /** @param stopCheck throws if the test is to end */
    CommittedTopics(String bootstrapServers, Runnable stopCheck) {
        this.bootstrapServers = bootstrapServers;
        this.stopCheck = stopCheck;
    }

    @Override
    public void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                stopCheck.run();
                consumer.poll(POLL).forEach(records);
            }
        }
    }
}
