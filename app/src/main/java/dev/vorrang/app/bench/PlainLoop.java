package dev.vorrang.app.bench;

import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Consume, score, produce, commit: the loop that one would write without Kafka Streams. It has the model, the policy, the codecs, the
 * commit interval and the number of threads of the stream that it is compared with. State is in memory only; there are no changelog, no
 * rebalancing and no dead letters. Each thread owns some of the partitions. Closing it ends its threads.
 */
final class PlainLoop implements Running {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final String TRANSACTION_TIMEOUT_MS = "15000";
    /** As the stream has it. */
    private static final String LINGER_MS = "5";

    private final String bootstrapServers;
    private final String group;
    private final StreamRun.Plan plan;
    private final List<List<TopicPartition>> shares;
    private final Supplier<Step> steps;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean closing;

    /** Scores what one poll returned. For one thread. */
    @FunctionalInterface
    interface Step {

        /** @return all that is to be sent, in the order of the records */
        List<ProducerRecord<byte[], byte[]>> score(List<ConsumerRecord<byte[], byte[]>> records);
    }

    /**
     * @param group consumer group that commits
     * @param partitions of the input
     * @param stream is scored; its model and what it writes are those of the stream that it is compared with
     */
    PlainLoop(
            String bootstrapServers,
            String group,
            List<TopicPartition> partitions,
            StreamRun.Plan plan,
            StreamDefinition<?, ?, ?> stream) {
        this.bootstrapServers = bootstrapServers;
        this.group = group;
        this.plan = plan;
        this.steps = () -> new LoopStep<>(stream);
        shares = new ArrayList<>();
        for (int thread = 0; thread < Math.min(plan.threads(), partitions.size()); thread++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < partitions.size(); i++) {
            shares.get(i % shares.size()).add(partitions.get(i));
        }
    }

    @Override
    public void start() {
        for (int i = 0; i < shares.size(); i++) {
            int number = i;
            var thread = new Thread(() -> run(number), "plain-loop-" + number);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    @Override
    public boolean scores() {
        return failure.get() == null;
    }

    @Override
    public String state() {
        RuntimeException failed = failure.get();
        return failed == null ? "running" : failed.toString();
    }

    private void run(int number) {
        boolean exactlyOnce = plan.guarantee() == Guarantee.EXACTLY_ONCE;
        try (var consumer = new KafkaConsumer<>(
                        consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        producerSettings(number, exactlyOnce), new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.assign(shares.get(number));
            if (exactlyOnce) {
                producer.initTransactions();
            }
            loop(consumer, producer, exactlyOnce);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void loop(
            KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer, boolean exactlyOnce) {
        Step step = steps.get();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        long committed = System.nanoTime();
        long interval = plan.guarantee().commitInterval().toNanos();
        while (!closing) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(POLL).forEach(records::add);
            if (!records.isEmpty()) {
                if (exactlyOnce && offsets.isEmpty()) {
                    producer.beginTransaction();
                }
                step.score(records).forEach(producer::send);
                records.forEach(record -> offsets.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1)));
            }
            if (!offsets.isEmpty() && System.nanoTime() - committed >= interval) {
                commit(consumer, producer, exactlyOnce, offsets);
                offsets.clear();
                committed = System.nanoTime();
            }
        }
    }

    private static void commit(
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaProducer<byte[], byte[]> producer,
            boolean exactlyOnce,
            Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (exactlyOnce) {
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.commitTransaction();
        } else {
            producer.flush();
            consumer.commitSync(offsets);
        }
    }

    private Map<String, Object> consumerSettings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Integer.toString(plan.batch()));
    }

    private Map<String, Object> producerSettings(int number, boolean exactlyOnce) {
        var settings = new HashMap<String, Object>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, LINGER_MS));
        if (exactlyOnce) {
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + number);
            settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        }
        return settings;
    }

    @Override
    public void close() {
        closing = true;
        for (Thread thread : threads) {
            try {
                thread.join(CLOSE_LIMIT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
