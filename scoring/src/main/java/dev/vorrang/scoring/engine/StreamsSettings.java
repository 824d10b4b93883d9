package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.engine.batch.TimeLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * How a stream runs on Kafka.
 *
 * @param bootstrapServers {@code host:port}, several with commas
 * @param applicationId names the consumer group and the state; instances with the same id share the work
 * @param guarantee what a crash may cost
 * @param threads stream threads of this instance, 1 to 128; each holds a batch of its own
 * @param commitInterval longest time between two commits, 1 ms or more and below {@code transactionTimeout}; readers that read
 *     committed records only see them that much later
 * @param transactionTimeout how long readers of committed records wait behind a transaction that a crash left open, 5 s to 15
 *     minutes; well above the time of a model call
 * @param stateFolder keeps the state stores, made if absent; of this instance alone
 * @param topics whether and how absent topics are created
 * @param kafka further settings by Kafka's names, such as {@code security.protocol} or {@code ssl.truststore.location}, given to
 *     every client; may hold secrets, so {@link #toString()} names its keys only
 */
public record StreamsSettings(
        String bootstrapServers,
        String applicationId,
        Guarantee guarantee,
        int threads,
        Duration commitInterval,
        Duration transactionTimeout,
        Path stateFolder,
        TopicCreation topics,
        Map<String, String> kafka) {

    /** Dead letters hold whole records. */
    private static final String MAX_REQUEST_BYTES = "8388608";

    /** What Kafka takes if it is not told. */
    private static final Duration KAFKAS_MAX_POLL_INTERVAL = Duration.ofMinutes(5);

    private static final Set<String> OWN = Set.of(
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            StreamsConfig.APPLICATION_ID_CONFIG,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.NUM_STREAM_THREADS_CONFIG,
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            StreamsConfig.STATE_DIR_CONFIG,
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.GROUP_PROTOCOL_CONFIG,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG);

    /** What a crash may cost. */
    public enum Guarantee {
        /** Nothing, for readers that read committed records only. */
        EXACTLY_ONCE(StreamsConfig.EXACTLY_ONCE_V2, Duration.ofMillis(50)),
        /** Records that are scored twice, with the same id. */
        AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE, Duration.ofSeconds(1));

        private final String kafkaName;
        private final Duration commitInterval;

        Guarantee(String kafkaName, Duration commitInterval) {
            this.kafkaName = kafkaName;
            this.commitInterval = commitInterval;
        }

        /**
         * Time between two commits where nothing else is said. Readers of committed records wait for it, so it is short where there
         * are such; else it only says how many records are scored twice after a crash, and each commit holds its thread up.
         */
        public Duration commitInterval() {
            return commitInterval;
        }
    }

    /**
     * Whether and how topics that are absent are created.
     *
     * @param create if false, an absent topic is an error
     * @param partitions of a new topic, 1 or more
     * @param replication of a new topic, 1 or more, or -1 for the broker's default
     */
    public record TopicCreation(boolean create, int partitions, short replication) {

        public TopicCreation {
            allow(partitions >= 1, "partitions", partitions, "1 or more");
            allow(replication >= 1 || replication == -1, "replication", replication, "1 or more, or -1");
        }
    }

    public StreamsSettings {
        allow(!bootstrapServers.isBlank(), "bootstrapServers", bootstrapServers, "host:port, several with commas");
        allow(
                applicationId.matches("[a-zA-Z0-9._-]{1,200}"),
                "applicationId",
                applicationId,
                "1 to 200 of a-z, A-Z, 0-9, '.', '_', '-'");
        Objects.requireNonNull(guarantee, "guarantee");
        allow(threads >= 1 && threads <= 128, "threads", threads, "1 to 128");
        allow(
                transactionTimeout.compareTo(Duration.ofSeconds(5)) >= 0
                        && transactionTimeout.compareTo(Duration.ofMinutes(15)) <= 0,
                "transactionTimeout",
                transactionTimeout,
                "5 seconds to 15 minutes");
        allow(
                commitInterval.toMillis() >= 1 && commitInterval.compareTo(transactionTimeout) < 0,
                "commitInterval",
                commitInterval,
                "1 ms or more, and less than transactionTimeout " + transactionTimeout);
        Objects.requireNonNull(stateFolder, "stateFolder");
        Objects.requireNonNull(topics, "topics");
        kafka = Map.copyOf(kafka);
        var own = new TreeSet<>(kafka.keySet());
        own.removeIf(key -> !OWN.contains(withoutPrefix(key)));
        allow(
                own.isEmpty(),
                "kafka",
                own,
                "keys other than these, which have settings of their own or keep records safe");
    }

    /** Exactly once, one thread, a commit each 50 ms, 15 s for a transaction, 4 partitions with the broker's replication. */
    public static StreamsSettings of(String bootstrapServers, String applicationId, Path stateFolder) {
        return new StreamsSettings(
                bootstrapServers,
                applicationId,
                Guarantee.EXACTLY_ONCE,
                1,
                Guarantee.EXACTLY_ONCE.commitInterval(),
                Duration.ofSeconds(15),
                stateFolder,
                new TopicCreation(true, 4, (short) -1),
                Map.of());
    }

    public StreamsSettings withGuarantee(Guarantee other) {
        return new StreamsSettings(
                bootstrapServers,
                applicationId,
                other,
                threads,
                commitInterval,
                transactionTimeout,
                stateFolder,
                topics,
                kafka);
    }

    public StreamsSettings withCommitInterval(Duration longest) {
        return new StreamsSettings(
                bootstrapServers,
                applicationId,
                guarantee,
                threads,
                longest,
                transactionTimeout,
                stateFolder,
                topics,
                kafka);
    }

    public StreamsSettings withThreads(int number) {
        return new StreamsSettings(
                bootstrapServers,
                applicationId,
                guarantee,
                number,
                commitInterval,
                transactionTimeout,
                stateFolder,
                topics,
                kafka);
    }

    public StreamsSettings withTopics(TopicCreation other) {
        return new StreamsSettings(
                bootstrapServers,
                applicationId,
                guarantee,
                threads,
                commitInterval,
                transactionTimeout,
                stateFolder,
                other,
                kafka);
    }

    public StreamsSettings withKafka(Map<String, String> settings) {
        return new StreamsSettings(
                bootstrapServers,
                applicationId,
                guarantee,
                threads,
                commitInterval,
                transactionTimeout,
                stateFolder,
                topics,
                settings);
    }

    /** For Kafka Streams. What {@link #kafka()} says of a key that is not set here for safety wins. */
    Properties toProperties(int maxBatch, Duration linger) {
        var properties = new Properties();
        // More than one poll and one partition's buffer must fit a large batch.
        String buffered = Integer.toString(Math.max(1_000, 2 * maxBatch));
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), buffered);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, buffered);
        // Streams makes it 100 ms, which every score would wait.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "5");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        // After a crash, its partitions are taken over when its session ends.
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "10000");
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, Short.toString(topics.replication()));
        // An idle thread sleeps in poll, so a linger can be no shorter than that.
        properties.put(
                StreamsConfig.POLL_MS_CONFIG,
                linger.isZero() ? "100" : Long.toString(Math.min(100, linger.toMillis())));
        properties.putAll(kafka);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee.kafkaName);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(transactionTimeout.toMillis()));
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                PolledRecords.class.getName());
        // A handler that goes on would commit past a record that is held.
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        return properties;
    }

    /** @throws IllegalArgumentException if a batch that hangs would be told of too late, when Kafka has ended the thread's work */
    void check(TimeLimits limits) {
        Duration poll = maxPollInterval(kafka);
        allow(
                limits.hung().compareTo(poll) < 0,
                "hung",
                limits.hung(),
                "less than " + ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG + ", " + poll);
        allow(
                guarantee != Guarantee.EXACTLY_ONCE || limits.slow().compareTo(transactionTimeout) < 0,
                "slow",
                limits.slow(),
                "less than transactionTimeout, " + transactionTimeout);
    }

    /**
     * How long a stream thread may work between two polls before Kafka takes it for dead.
     *
     * @param kafka further settings by Kafka's names
     * @throws IllegalArgumentException if it is set to anything but a number
     */
    public static Duration maxPollInterval(Map<String, String> kafka) {
        String key = ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
        return Stream.of(StreamsConfig.mainConsumerPrefix(key), StreamsConfig.consumerPrefix(key), key)
                .map(kafka::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(value -> {
                    allow(value.matches("\\d{1,9}"), key, value, "a number of milliseconds");
                    return Duration.ofMillis(Integer.parseInt(value));
                })
                .orElse(KAFKAS_MAX_POLL_INTERVAL);
    }

    /** For an admin client. */
    Map<String, Object> toAdminProperties() {
        var properties = new TreeMap<String, Object>(kafka);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    @Override
    public String toString() {
        return "StreamsSettings[bootstrapServers=" + bootstrapServers + ", applicationId=" + applicationId
                + ", guarantee="
                + guarantee + ", threads=" + threads + ", commitInterval=" + commitInterval + ", transactionTimeout="
                + transactionTimeout + ", stateFolder=" + stateFolder + ", topics=" + topics + ", kafka="
                + kafka.keySet() + "]";
    }

    private static String withoutPrefix(String key) {
        for (String prefix : Set.of(
                StreamsConfig.CONSUMER_PREFIX, StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.PRODUCER_PREFIX)) {
            if (key.startsWith(prefix)) {
                return key.substring(prefix.length());
            }
        }
        return key;
    }

    private static void allow(boolean allowed, String name, Object value, String what) {
        if (!allowed) {
            throw new IllegalArgumentException(name + " " + value + ": allowed is " + what);
        }
    }
}
