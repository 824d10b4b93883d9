package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What goes into a stream of a test, and what came out of it for a reader of committed records. */
final class Traffic implements AutoCloseable {

    static final int PARTITIONS = 4;

    /** What a crash leaves behind is noticed soon, and what is past its retention is deleted at once. */
    static final Map<String, String> BROKER_SETTINGS = Map.of(
            "log.initial.task.delay.ms", "100",
            "log.retention.check.interval.ms", "500",
            "group.min.session.timeout.ms", "1000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    private final String bootstrapServers;
    private final Topics topics;
    private final Topic<?> input;
    private final AvroSerdes serdes = new AvroSerdes(new FixedRegistry());
    private final KafkaProducer<String, byte[]> producer;
    private int sent;

    /** Makes the topics of the mail stream. */
    Traffic(String bootstrapServers, Topics topics) {
        this(bootstrapServers, topics, topics.mailReceived(), topics.mail(List.of(Mails.QUEUE)));
    }

    /** Makes the topics. */
    Traffic(String bootstrapServers, Topics topics, Topic<?> input, List<Topic<?>> all) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.input = input;
        try (var admin = admin()) {
            new TopicSetup(
                            admin,
                            new TopicCreation(true, PARTITIONS, (short) 1),
                            new RetryPolicy(Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(1)))
                    .ensure(all);
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Sends mails with ids that count up, spread over so many threads. */
    void send(int count, int threads) {
        for (int i = 0; i < count; i++) {
            send("thread-" + sent % threads, "Mail " + sent);
        }
        producer.flush();
    }

    void send(String thread, String subject) {
        send(thread, serialized(Mails.mail("%07d".formatted(sent), thread, subject)));
        sent++;
    }

    void send(String key, byte[] value) {
        producer.send(new ProducerRecord<>(input.name(), null, Mails.RECEIVED.toEpochMilli(), key, value));
    }

    <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        byte[] bytes =
                value == null ? null : serdes.valueSerde(topic).serializer().serialize(topic.name(), value);
        producer.send(new ProducerRecord<>(topic.name(), key, bytes));
    }

    void flush() {
        producer.flush();
    }

    List<ConsumerRecord<String, MailScore>> scored() {
        return read(topics.mailScored());
    }

    List<ConsumerRecord<String, MailScore>> routed() {
        return read(topics.mailRoute(Mails.QUEUE));
    }

    List<ConsumerRecord<String, DeadLetter>> deadLetters() {
        return read(topics.mailDeadLetters());
    }

    /** Waits until the group has committed all that was sent. */
    void awaitAllCommitted(String applicationId) {
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            var committed = committed(applicationId);
            var behind = new HashMap<>(endOffsets(input));
            behind.entrySet()
                    .removeIf(end -> committed
                                    .getOrDefault(end.getKey(), new OffsetAndMetadata(0))
                                    .offset()
                            >= end.getValue());
            assertThat(behind).as("ends of partitions beyond %s", committed).isEmpty();
        });
    }

    long scoredSoFar() {
        return sizeOf(topics.mailScored());
    }

    /** Records of a topic, with those of transactions that are open or were given up. */
    long sizeOf(Topic<?> topic) {
        return endOffsets(topic).values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String applicationId) throws Exception {
        try (var admin = admin()) {
            var offsets = new HashMap<>(admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get());
            offsets.values().removeIf(offset -> offset == null);
            return offsets;
        }
    }

    private Map<TopicPartition, Long> endOffsets(Topic<?> topic) {
        try (var consumer = consumer("read_uncommitted")) {
            return consumer.endOffsets(partitions(consumer, topic));
        }
    }

    /** Tells of each score, and keeps none. */
    void scored(Consumer<MailScore> reader) {
        read(topics.mailScored(), record -> reader.accept(record.value()));
    }

    <V extends SpecificRecord> List<ConsumerRecord<String, V>> read(Topic<V> topic) {
        var records = new ArrayList<ConsumerRecord<String, V>>();
        read(topic, records::add);
        return records;
    }

    private <V extends SpecificRecord> void read(Topic<V> topic, Consumer<ConsumerRecord<String, V>> reader) {
        var deserializer = serdes.valueSerde(topic).deserializer();
        try (var consumer = consumer("read_committed")) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // Not the last stable offset: a transaction that is about to complete counts too.
            var ends = endOffsets(topic);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    reader.accept(new ConsumerRecord<>(
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            record.key(),
                            deserializer.deserialize(topic.name(), record.value())));
                }
            }
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Topic<?> topic) {
        return consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private KafkaConsumer<String, byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    private byte[] serialized(EmailMessage mail) {
        var topic = topics.mailReceived();
        return serdes.valueSerde(topic).serializer().serialize(topic.name(), mail);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
