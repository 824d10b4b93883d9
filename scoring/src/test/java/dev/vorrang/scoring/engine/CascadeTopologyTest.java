package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailRoutes;
import dev.vorrang.scoring.mail.MailStream;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.MailTriage;
import dev.vorrang.scoring.mail.cascade.CascadeSettings;
import dev.vorrang.scoring.mail.cascade.MailCascade;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.mail.model.TinyModel;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mail stream with two real models in a cascade. The larger the difference of subject and body, the surer the small one is. */
class CascadeTopologyTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final ModelRef SMALL = new ModelRef("tiny", "1");
    private static final ModelRef LARGE = new ModelRef("less-tiny", "1");
    private static final String WORDS = IntStream.range(0, 20)
            .mapToObj(number -> "word" + (char) ('a' + number))
            .collect(Collectors.joining(" "));

    @TempDir
    private Path folder;

    private final AvroSerdes serdes = new AvroSerdes(new FixedRegistry());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void writeModels() throws IOException {
        TinyModel.write(folder.resolve("small"));
        // Ten times as sure, of the opposite.
        MailCard card = TinyModel.write(folder.resolve("large"), -0.1f);
        ModelCards.write(
                folder.resolve("large"),
                new MailCard(
                        LARGE.getName(),
                        card.version(),
                        card.task(),
                        card.description(),
                        card.signature(),
                        card.heads(),
                        card.limits(),
                        card.training(),
                        card.figures(),
                        card.files()));
    }

    @Test
    void shouldScoreEachMailByTheModelThatIsSure() throws IOException {
        // Of 100 characters less 10, less 90, and so on: the last four are near enough to make the small model unsure.
        List<MailScore> scores = run(false, 10, 90, 30, 80, 95, 85);

        assertThat(scores).extracting(MailScore::getModel).containsExactly(SMALL, LARGE, SMALL, LARGE, LARGE, LARGE);
        assertThat(scores)
                .extracting(MailScore::getTopic)
                .containsExactly("body", "subject", "body", "subject", "subject", "subject");
        assertThat(scores).extracting(MailScore::getId).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(count("vorrang.cascade.mails", "outcome", "ANSWERED")).isEqualTo(4);
        assertThat(count("vorrang.cascade.changed", "aspect", "TOPIC")).isEqualTo(4);
    }

    @Test
    void shouldGiveEqualScoresAfterARestart() throws IOException {
        assertThat(run(false, 10, 90, 30, 80)).isEqualTo(run(false, 10, 90, 30, 80));
    }

    @Test
    void shouldSayWhereTheLargeModelFailed() throws IOException {
        List<MailScore> scores = run(true, 10, 90);

        assertThat(scores).extracting(MailScore::getModel).containsExactly(SMALL, SMALL);
        assertThat(scores.get(0).getReasonDetails()).extracting(Reason::getCode).doesNotContain("large_model_missing");
        assertThat(scores.get(1).getReasonDetails())
                .filteredOn(reason -> reason.getCode().equals("large_model_missing"))
                .singleElement()
                .satisfies(reason -> {
                    assertThat(reason.getText()).isEqualTo("answer of the small model: less-tiny 1 failed");
                    assertThat(reason.getParameters())
                            .containsEntry("model", "less-tiny 1")
                            .containsEntry("cause", "FAILED");
                });
        assertThat(scores.get(1).getReasons()).contains("answer of the small model: less-tiny 1 failed");
        assertThat(count("vorrang.cascade.mails", "outcome", "FAILED")).isEqualTo(1);
    }

    /** @param subjects their lengths, of mails with the same body */
    private List<MailScore> run(boolean broken, int... subjects) throws IOException {
        var batch = BatchSettings.defaults();
        try (MailModel small = MailModel.load(folder.resolve("small"), ModelOptions.defaults());
                MailModel large = MailModel.load(folder.resolve("large"), ModelOptions.defaults())) {
            Model<MailText, MailPrediction> asked = Model.of(large.reference(), large.probe(), mails -> {
                if (broken) {
                    throw new IllegalStateException("device lost");
                }
                return large.apply(mails);
            });
            var environment =
                    new StreamEnvironment(serdes, new ScoringMetrics(meters, MailStream.ID), new SettableClock(NOW));
            var cascade = new MailCascade(
                    new ModelSlot<>(small, batch),
                    new ModelSlot<>(asked, batch),
                    CascadeSettings.defaults().withTimeLimit(Duration.ofMinutes(1)),
                    environment.metrics());
            var stream = new MailStream(
                    environment,
                    Mails.TOPICS,
                    MailRoutes.defaults().names(),
                    cascade,
                    MailTriage.defaults(),
                    batch,
                    MailStream.DEFAULT_THREAD_WINDOW);
            List<MailScore> scores = run(stream, subjects);
            assertThat(cascade.awaitCalls(Duration.ofMinutes(1))).isTrue();
            return scores;
        }
    }

    private List<MailScore> run(MailStream stream, int... subjects) throws IOException {
        var topology = ScoringTopology.build(
                stream,
                new RetryPolicy(Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(20)),
                CachedStoreCommitHook.create(),
                new InferenceWatchdog(
                        stream.batch().limits(), stream.environment().metrics(), problem -> {}));
        var settings = StreamsSettings.of("none:9092", "test", Files.createTempDirectory(folder, "state"));
        try (var driver = new TopologyTestDriver(topology, settings.toProperties(256, Duration.ZERO), NOW)) {
            var received = driver.createInputTopic(
                    Mails.TOPICS.mailReceived().name(), new ByteArraySerializer(), new ByteArraySerializer());
            IntStream.range(0, subjects.length).forEach(number -> {
                var mail = EmailMessage.newBuilder(
                                Mails.mail(Integer.toString(number), "thread", WORDS.substring(0, subjects[number])))
                        .setText(WORDS.substring(0, 100))
                        .build();
                byte[] value = serdes.valueSerde(Mails.TOPICS.mailReceived())
                        .serializer()
                        .serialize(Mails.TOPICS.mailReceived().name(), mail);
                received.pipeInput(new TestRecord<>("thread".getBytes(StandardCharsets.UTF_8), value, Mails.RECEIVED));
            });
            return driver.createOutputTopic(
                            Mails.TOPICS.mailScored().name(),
                            new StringDeserializer(),
                            serdes.valueSerde(Mails.TOPICS.mailScored()).deserializer())
                    .readValuesToList();
        }
    }

    private double count(String metric, String tag, String value) {
        return meters.get(metric).tag(tag, value).counter().count();
    }
}
