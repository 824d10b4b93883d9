package dev.vorrang.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions of a broker that is killed. */
class EmbeddedKafkaKillTest {

    /** One kill in four or so falls into the commit of a transaction. */
    private static final int KILLS = Integer.getInteger("vorrang.broker.kills", 3);

    /** On a busy machine the session of the killed broker ends before the new one takes connections. */
    private static final Map<String, String> SHORT_SESSION =
            Map.of("broker.session.timeout.ms", "1000", "broker.heartbeat.interval.ms", "100");

    private static final String TOPIC = "killed";
    private static final int PARTITIONS = 8;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void shouldEndEveryTransactionWhateverItWasAtWhenItWasKilled() throws Exception {
        var random = new Random(1);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = ChildBroker.start(Commits.class, folder);
            try {
                assertThat(process.getInputStream().read()).as("commits").isEqualTo('c');
                process.waitFor(200 + random.nextInt(400), TimeUnit.MILLISECONDS);
            } finally {
                process.destroyForcibly().waitFor();
            }
            try (var kafka = EmbeddedKafka.start(folder, 0, SHORT_SESSION);
                    var all = consumer(kafka, "read_uncommitted");
                    var committed = consumer(kafka, "read_committed")) {
                List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                        .toList();
                // What was open ends with its time limit, what was being committed at once.
                await("the ends of all transactions after kill " + kill)
                        .atMost(LIMIT)
                        .untilAsserted(() ->
                                assertThat(committed.endOffsets(partitions)).isEqualTo(all.endOffsets(partitions)));
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedKafka kafka, String isolation) {
        return new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A program with a broker and a producer that commits one transaction after the other. */
    static final class Commits {

        private Commits() {}

        public static void main(String[] args) throws Exception {
            var out = System.out;
            System.setOut(System.err);
            var kafka = ChildBroker.withTopic(Path.of(args[0]), TOPIC, PARTITIONS);
            var producer = new KafkaProducer<>(
                    Map.<String, Object>of(
                            "bootstrap.servers", kafka.bootstrapServers(),
                            "transactional.id", "commits",
                            "transaction.timeout.ms", "5000"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer.initTransactions();
            for (long transaction = 0; ; transaction++) {
                producer.beginTransaction();
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    producer.send(new ProducerRecord<>(TOPIC, partition, null, new byte[10]));
                }
                producer.commitTransaction();
                if (transaction == 0) {
                    out.print('c');
                    out.flush();
                }
            }
        }
    }
}
