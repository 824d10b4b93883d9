package dev.vorrang.scoring.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailStream;
import dev.vorrang.scoring.mail.MailText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stream on a real broker. */
class MailScoringStreamsTest {

    private static final BatchSettings NEVER_FULL =
            BatchSettings.defaults().withMaxSize(60_000).withLinger(Duration.ofMinutes(1));

    @TempDir
    private static Path brokerFolder;

    private static EmbeddedKafka kafka;

    @TempDir
    private Path state;

    private final FixedRegistry registry = new FixedRegistry();
    private final Queue<Integer> batchSizes = new ConcurrentLinkedQueue<>();
    private String prefix;
    private Topics topics;
    private Traffic traffic;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start(brokerFolder, 0, Traffic.BROKER_SETTINGS);
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
        traffic = new Traffic(kafka.bootstrapServers(), topics);
    }

    @AfterEach
    void closeTraffic() {
        if (traffic != null) {
            traffic.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void shouldScoreEachMailOnceInBatches(Guarantee guarantee) {
        traffic.send(10_000, 300);
        try (var streams =
                streams(Mails::predict, BatchSettings.defaults(), settings().withGuarantee(guarantee))) {
            streams.start();
            traffic.awaitAllCommitted(applicationId());
        }

        expectEachOnceInOrder(10_000, traffic.scored());
        expectEachOnceInOrder(10_000, traffic.routed());
        assertThat(traffic.deadLetters()).isEmpty();
        assertThat(batchSizes).allMatch(size -> size <= BatchSettings.defaults().maxSize());
        assertThat(batchSizes.stream().mapToInt(size -> size).average().orElseThrow())
                .as("records in a batch")
                .isGreaterThan(20);
    }

    @Test
    void shouldScoreAtOnceWhatOnePollBrings() {
        try (var streams = streams(
                Mails::predict, BatchSettings.defaults(), settings().withCommitInterval(Duration.ofSeconds(14)))) {
            streams.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> streams.health().ready());
            traffic.send(10, 10);

            await().atMost(Duration.ofMinutes(2)).until(() -> sumOfBatches() == 10);
        }
    }

    @Test
    void shouldScoreWhatIsHeldBeforeItIsCommitted() {
        traffic.send(500, 50);
        try (var streams = streams(Mails::predict, NEVER_FULL, settings())) {
            streams.start();
            traffic.awaitAllCommitted(applicationId());
        }

        expectEachOnceInOrder(500, traffic.scored());
    }

    /** The control: the same without the hook, so the test above can fail. */
    @Test
    void wouldLoseWhatIsHeldWithoutTheHook() {
        traffic.send(500, 50);
        try (var streams = new ScoringStreams(stream(Mails::predict, NEVER_FULL), settings(), new DeafHook())) {
            streams.start();
            traffic.awaitAllCommitted(applicationId());
        }
        try (var streams = streams(Mails::predict, NEVER_FULL, settings())) {
            streams.start();
            traffic.send(1, 1);
            traffic.awaitAllCommitted(applicationId());
        }

        assertThat(traffic.scored()).as("of 501 mails").hasSize(1);
    }

    @Test
    void shouldScoreWhatLingersWhenItsTimeIsOver() {
        var lingering = BatchSettings.defaults().withLinger(Duration.ofMillis(50));
        try (var streams = streams(Mails::predict, lingering, settings().withCommitInterval(Duration.ofSeconds(14)))) {
            streams.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> streams.health().ready());
            traffic.send(10, 10);

            await().atMost(Duration.ofMinutes(2)).until(() -> sumOfBatches() == 10);
        }
    }

    @Test
    void shouldBuryTheBadAmongTheGood() {
        for (int i = 0; i < 1_000; i++) {
            if (i % 100 == 17) {
                traffic.send("bad", ("rubbish " + i).getBytes(StandardCharsets.UTF_8));
            }
            traffic.send("thread-" + i % 20, i % 50 == 3 ? "poison" : "Mail");
        }
        traffic.flush();
        try (var streams = streams(Mails::predict, BatchSettings.defaults(), settings())) {
            streams.start();
            traffic.awaitAllCommitted(applicationId());
        }

        assertThat(traffic.scored())
                .hasSize(980)
                .noneMatch(record -> record.value().getSubject().equals("poison"));
        var letters = traffic.deadLetters().stream().map(ConsumerRecord::value).toList();
        assertThat(letters)
                .filteredOn(letter -> letter.getStage() == Stage.DECODE)
                .hasSize(10);
        assertThat(letters)
                .filteredOn(letter -> letter.getStage() == Stage.MODEL)
                .hasSize(20)
                .allSatisfy(letter -> assertThat(letter.getMessage()).isEqualTo("the model chokes on poison"));
        assertThat(letters).hasSize(30);
    }

    @Test
    void shouldStopWhileTheModelIsBrokenAndLoseNothing() {
        var broken = new AtomicBoolean(true);
        BatchFunction<MailText, MailPrediction> model = texts -> {
            if (broken.get()) {
                throw new IllegalStateException("device lost");
            }
            return Mails.predict(texts);
        };
        traffic.send(300, 20);
        try (var streams = streams(model, BatchSettings.defaults(), settings())) {
            streams.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> streams.health().state() == Health.State.RETRYING);
            assertThat(streams.health().problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("device lost"));
            assertThat(streams.health().live()).isTrue();
            broken.set(false);
            traffic.awaitAllCommitted(applicationId());
            await().atMost(Duration.ofMinutes(2)).until(() -> streams.health().ready());
        }

        expectEachOnceInOrder(300, traffic.scored());
        assertThat(traffic.deadLetters()).isEmpty();
    }

    @Test
    void shouldWaitForTheRegistryAndLoseNothing() {
        registry.down = true;
        traffic.send(300, 20);
        try (var streams = streams(Mails::predict, BatchSettings.defaults(), settings())) {
            streams.start();
            // Long enough for a thread to give up and be replaced.
            await().atMost(Duration.ofMinutes(2)).until(() -> streams.health()
                    .problem()
                    .filter(problem -> problem.contains("Exception"))
                    .isPresent());
            registry.down = false;
            traffic.awaitAllCommitted(applicationId());
        }

        expectEachOnceInOrder(300, traffic.scored());
        assertThat(traffic.deadLetters()).isEmpty();
    }

    @Test
    void shouldLoseAndDoubleNothingWhenKilled() throws Exception {
        int mails = 12_000;
        traffic.send(mails, 100);
        var log = state.resolve("program.log").toFile();
        for (int kill = 1; kill <= 2; kill++) {
            long target = traffic.scoredSoFar() + 1_000;
            var program = ScoringProgram.launch(kafka.bootstrapServers(), prefix, state.resolve("state"), log);
            try {
                await().atMost(Duration.ofMinutes(2)).until(() -> traffic.scoredSoFar() >= target);
            } finally {
                program.destroyForcibly().waitFor();
            }
            assertThat(traffic.scoredSoFar()).as("killed in the middle").isLessThan(mails);
        }
        var program = ScoringProgram.launch(kafka.bootstrapServers(), prefix, state.resolve("state"), log);
        try {
            traffic.awaitAllCommitted(applicationId());
            // SIGTERM: it ends by itself, and soon.
            program.destroy();
            assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }

        expectEachOnceInOrder(mails, traffic.scored());
        expectEachOnceInOrder(mails, traffic.routed());
        assertThat(traffic.deadLetters()).isEmpty();
    }

    @Test
    void shouldShareTheWorkWithAnInstanceThatComesAndGoes() {
        traffic.send(5_000, 100);
        try (var first = streams(Mails::predict, BatchSettings.defaults(), settings())) {
            first.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> traffic.scoredSoFar() > 0);
            try (var second = new ScoringStreams(
                    stream(Mails::predict, BatchSettings.defaults()),
                    ScoringProgram.settings(kafka.bootstrapServers(), prefix, state.resolve("second")))) {
                second.start();
                traffic.send(5_000, 100);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> second.health().ready());
            }
            traffic.send(5_000, 100);
            traffic.awaitAllCommitted(applicationId());
        }

        expectEachOnceInOrder(15_000, traffic.scored());
    }

    private MailStream stream(BatchFunction<MailText, MailPrediction> model, BatchSettings batch) {
        BatchFunction<MailText, MailPrediction> counted = texts -> {
            var predictions = model.apply(texts);
            batchSizes.add(texts.size());
            return predictions;
        };
        return Mails.stream(topics, registry, counted, batch, Clock.systemUTC());
    }

    private ScoringStreams streams(
            BatchFunction<MailText, MailPrediction> model, BatchSettings batch, StreamsSettings settings) {
        return new ScoringStreams(stream(model, batch), settings);
    }

    private StreamsSettings settings() {
        return ScoringProgram.settings(kafka.bootstrapServers(), prefix, state.resolve("state"));
    }

    private String applicationId() {
        return ScoringProgram.applicationId(prefix);
    }

    private int sumOfBatches() {
        return batchSizes.stream().mapToInt(size -> size).sum();
    }

    private static void expectEachOnceInOrder(int count, List<ConsumerRecord<String, MailScore>> records) {
        var ids = records.stream().map(record -> record.value().getId()).collect(toSet());
        assertThat(IntStream.range(0, count).mapToObj("%07d"::formatted).filter(id -> !ids.contains(id)))
                .as("lost")
                .isEmpty();
        assertThat(records).as("doubled").hasSize(count);
        var byThread = records.stream().collect(groupingBy(ConsumerRecord::key));
        assertThat(byThread.values()).allSatisfy(ofThread -> assertThat(ofThread)
                .extracting(record -> record.value().getId())
                .isSorted());
    }

    /** Never runs anything before a commit. */
    private static final class DeafHook implements CommitHook {

        private final CommitHook hook = CachedStoreCommitHook.create();

        @Override
        public StoreBuilder<?> store() {
            return hook.store();
        }

        @Override
        public Task attach(ProcessorContext<?, ?> context, Runnable beforeCommit) {
            return hook.attach(context, () -> {});
        }
    }
}
