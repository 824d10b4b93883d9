package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More than can be scored, larger than usual, or after a long silence, on a real broker. */
class OverloadTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** As if hours and days of silence were a second or two. */
    private static final Map<String, String> FORGETFUL = Map.of(
            "connections.max.idle.ms", "1000",
            "transactional.id.expiration.ms", "1500",
            "transaction.remove.expired.transaction.cleanup.interval.ms", "500",
            "producer.id.expiration.ms", "1500",
            "producer.id.expiration.check.interval.ms", "500");

    @TempDir
    private static Path brokerFolder;

    private static EmbeddedKafka kafka;

    @TempDir
    private Path state;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<Integer> batchSizes = new ConcurrentLinkedQueue<>();
    private String prefix;
    private Topics topics;

    @BeforeAll
    static void startBroker() {
        var settings = new HashMap<>(Traffic.BROKER_SETTINGS);
        settings.putAll(FORGETFUL);
        kafka = EmbeddedKafka.start(brokerFolder, 0, settings);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void prepare(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName()
                + Math.abs(test.getDisplayName().hashCode()) + ".";
        topics = new Topics(prefix);
    }

    /** The model scores as many batches as the test lets it, a tenth of what comes. */
    @Test
    void shouldHoldLittleAndReportItsLagUnderTenTimesTheLoad() {
        var allowed = new Semaphore(20);
        BatchFunction<MailText, MailPrediction> slow = texts -> {
            allowed.acquireUninterruptibly();
            batchSizes.add(texts.size());
            return Mails.predict(texts);
        };
        try (var traffic = new Traffic(kafka.bootstrapServers(), topics);
                var streams = streams(slow, BatchSettings.defaults().withMaxSize(10))) {
            traffic.send(2_000, 50);
            streams.start();
            await().atMost(LIMIT).until(() -> allowed.hasQueuedThreads());
            traffic.send(1_000, 50);
            // Also while the thread waits for its model.
            await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            meters.get("vorrang.consumer.lag").gauge().value())
                    .isBetween(2_800.0, 3_000.0));
            assertThat(meters.get("vorrang.received").counter().count())
                    .as("taken to be scored")
                    .isLessThanOrEqualTo(20 * 10 + 10);

            allowed.release(100_000);
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
            await().atMost(LIMIT)
                    .until(() -> meters.get("vorrang.consumer.lag").gauge().value() == 0);
            expectEachOnce(3_000, traffic.scored());
            assertThat(batchSizes).allMatch(size -> size <= 10);
        }
    }

    @Test
    void shouldHoldNoMoreOfLargeMailsThanABatchMayWeigh() {
        var heavy = BatchSettings.defaults()
                .withMaxSize(60_000)
                .withLinger(Duration.ofMinutes(1))
                .withMaxBytes(1_000_000);
        try (var traffic = new Traffic(kafka.bootstrapServers(), topics);
                var streams = streams(this::counted, heavy)) {
            for (int i = 0; i < 100; i++) {
                traffic.send("thread-" + i % 5, "large ".repeat(30_000));
            }
            traffic.flush();
            streams.start();
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));

            expectEachOnce(100, traffic.scored());
            assertThat(batchSizes).as("of 180 kB each").allMatch(size -> size <= 6);
        }
    }

    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void shouldScoreABurstAfterALongSilence(Guarantee guarantee) {
        try (var traffic = new Traffic(kafka.bootstrapServers(), topics);
                var streams = streams(this::counted, BatchSettings.defaults(), guarantee)) {
            traffic.send(100, 10);
            streams.start();
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
            // Meanwhile the broker closes connections and forgets the producer and its transactions.
            await().pollDelay(Duration.ofSeconds(4)).atMost(LIMIT).until(() -> transactions() == 0);
            traffic.send(2_000, 10);
            traffic.awaitAllCommitted(ScoringProgram.applicationId(prefix));
            await().atMost(LIMIT).until(() -> streams.health().ready());

            expectEachOnce(2_100, traffic.scored());
            assertThat(traffic.deadLetters()).isEmpty();
        }
    }

    /** Producers of transactions that the broker knows of. */
    private long transactions() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.listTransactions().all().get().stream()
                    .filter(transaction -> transaction.transactionalId().startsWith(prefix))
                    .count();
        }
    }

    private List<MailPrediction> counted(List<MailText> texts) {
        batchSizes.add(texts.size());
        return Mails.predict(texts);
    }

    private static void expectEachOnce(int count, List<ConsumerRecord<String, MailScore>> records) {
        assertThat(records)
                .extracting(record -> record.value().getId())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj("%07d"::formatted).toList());
    }

    private ScoringStreams streams(BatchFunction<MailText, MailPrediction> model, BatchSettings batch) {
        return streams(model, batch, Guarantee.EXACTLY_ONCE);
    }

    private ScoringStreams streams(
            BatchFunction<MailText, MailPrediction> model, BatchSettings batch, Guarantee guarantee) {
        var stream = Mails.stream(topics, new FixedRegistry(), model, batch, Clock.systemUTC(), meters);
        return new ScoringStreams(
                stream,
                ScoringProgram.settings(kafka.bootstrapServers(), prefix, state.resolve("state"))
                        .withThreads(1)
                        .withGuarantee(guarantee));
    }
}
