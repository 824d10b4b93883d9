package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.serde.WireFormatException;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.ModelFailingException;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailStream;
import dev.vorrang.scoring.mail.MailText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow of single mails; the test driver commits after each, so every batch is of one. */
class MailTopologyTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    @TempDir
    private Path state;

    private final SettableClock clock = new SettableClock(NOW);
    private final FixedRegistry registry = new FixedRegistry();
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> received;
    private TestOutputTopic<String, MailScore> scored;
    private TestOutputTopic<String, MailScore> support;
    private TestOutputTopic<String, DeadLetter> deadLetters;

    @BeforeEach
    void start() {
        start(Mails::predict);
    }

    private void start(BatchFunction<MailText, MailPrediction> model) {
        var stream = Mails.stream(Mails.TOPICS, registry, model, BatchSettings.defaults(), clock);
        var settings = StreamsSettings.of("none:9092", "test", state);
        driver = new TopologyTestDriver(
                ScoringTopology.build(
                        stream,
                        new RetryPolicy(Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(20)),
                        CachedStoreCommitHook.create(),
                        new InferenceWatchdog(
                                stream.batch().limits(), stream.environment().metrics(), problem -> {})),
                settings.toProperties(256, Duration.ZERO),
                NOW);
        received = driver.createInputTopic(
                Mails.TOPICS.mailReceived().name(), new ByteArraySerializer(), new ByteArraySerializer());
        scored = output(Mails.TOPICS.mailScored());
        support = output(Mails.TOPICS.mailRoute(Mails.QUEUE));
        deadLetters = output(Mails.TOPICS.mailDeadLetters());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldScoreAndRouteAMail() {
        pipe(Mails.mail("a", "thread-1", "Hello"));

        var record = scored.readRecord();
        var score = record.value();
        assertThat(record.key()).isEqualTo("thread-1");
        assertThat(record.getRecordTime()).isEqualTo(Mails.RECEIVED);
        assertThat(score.getId()).isEqualTo("a");
        assertThat(score.getTopic()).isEqualTo("outage");
        assertThat(score.getScoredAt()).isEqualTo(NOW);
        assertThat(score.getPosition()).isEqualTo(new Position("mail.received", 0, 0L));
        assertThat(support.readRecord().value()).isEqualTo(score);
        expectNoMore();
    }

    @Test
    void shouldKeepWhatCannotBeReadAsItWas() {
        byte[] key = {(byte) 0xff, 0};
        byte[] value = "no Avro".getBytes(StandardCharsets.UTF_8);
        var headers = new RecordHeaders().add("trace", new byte[] {1}).add("none", null);
        received.pipeInput(new TestRecord<>(key, value, headers, Mails.RECEIVED));

        var letter = deadLetters.readRecord().value();
        assertThat(letter.getStage()).isEqualTo(Stage.DECODE);
        assertThat(letter.getCause()).isEqualTo(WireFormatException.class.getName());
        assertThat(letter.getMessage()).isNotBlank();
        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(key));
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(value));
        assertThat(letter.getHeaders())
                .containsEntry("trace", ByteBuffer.wrap(new byte[] {1}))
                .containsEntry("none", null);
        assertThat(letter.getPosition()).isEqualTo(new Position("mail.received", 0, 0L));
        assertThat(letter.getRecordTime()).isEqualTo(Mails.RECEIVED);
        assertThat(letter.getModel()).isNull();
        assertThat(letter.getFailedAt()).isEqualTo(NOW);
        expectNoMore();
    }

    @Test
    void shouldBuryATombstoneUnderItsKeyAndKeylessRubbishUnderItsPosition() {
        received.pipeInput(new TestRecord<>(bytes("k"), null, Mails.RECEIVED));
        received.pipeInput(new TestRecord<>(null, bytes("x"), Mails.RECEIVED));

        var tombstone = deadLetters.readRecord();
        assertThat(tombstone.key()).isEqualTo("k");
        assertThat(tombstone.value().getMessage()).startsWith("value is null");
        assertThat(tombstone.value().getValue()).isNull();
        var keyless = deadLetters.readRecord();
        assertThat(keyless.key()).isEqualTo("mail.received-0@1");
        assertThat(keyless.value().getKey()).isNull();
        expectNoMore();
    }

    @Test
    void shouldScoreAMailWithoutKeyUnderItsThread() {
        received.pipeInput(new TestRecord<>(null, serialized(Mails.mail("a", "t", "Hello")), Mails.RECEIVED));

        assertThat(scored.readKeyValue().key).isEqualTo("t");
    }

    @Test
    void shouldBuryAMailForWhichTheModelFailsAndGoOn() {
        pipe(Mails.mail("a", "t", "Hello"));
        pipe(Mails.mail("b", "t", "poison"));
        pipe(Mails.mail("c", "t", "Hello again"));

        var letter = deadLetters.readValue();
        assertThat(letter.getStage()).isEqualTo(Stage.MODEL);
        assertThat(letter.getMessage()).isEqualTo("the model chokes on poison");
        assertThat(letter.getModel()).isEqualTo(Mails.MODEL);
        assertThat(scored.readValuesToList()).extracting(MailScore::getId).containsExactly("a", "c");
    }

    @Test
    void shouldBuryWhatThePolicyCannotJudgeAndWhatHasNoQueue() {
        pipe(Mails.mail("a", "t", "unjudgeable"));
        pipe(Mails.mail("b", "t", "lost"));

        assertThat(deadLetters.readValue().getStage()).isEqualTo(Stage.POLICY);
        var lost = deadLetters.readValue();
        assertThat(lost.getStage()).isEqualTo(Stage.ROUTE);
        assertThat(lost.getMessage()).contains("'nowhere'").contains("[support]");
        expectNoMore();
    }

    @Test
    void shouldBuryAScoreThatIsTooLargeForItsTopic() {
        pipe(Mails.mail("a", "t", "x".repeat(2_000_000)));

        var letter = deadLetters.readValue();
        assertThat(letter.getStage()).isEqualTo(Stage.ROUTE);
        assertThat(letter.getMessage()).contains("mail.scored").contains("bytes");
        expectNoMore();
    }

    @Test
    void shouldCutADeadLetterThatIsTooLargeForItsTopic() {
        byte[] value = new byte[9_000_000];
        Arrays.fill(value, (byte) 1);
        received.pipeInput(new TestRecord<>(bytes("k".repeat(200_000)), value, Mails.RECEIVED));

        var record = deadLetters.readRecord();
        assertThat(record.key()).isEqualTo("mail.received-0@0");
        assertThat(record.value().getValue().remaining()).isBetween(7_000_000, DeadLetters.MAX_BYTES);
        assertThat(record.value().getMessage())
                .contains("key cut here from 200000 bytes")
                .contains("value cut here from 9000000 bytes");
    }

    @Test
    void shouldCountOtherMailsOfTheThreadOnceEach() {
        pipe(Mails.mail("a", "t", "1", Mails.RECEIVED));
        pipe(Mails.mail("b", "t", "2", Mails.RECEIVED.plus(Duration.ofHours(1))));
        pipe(Mails.mail("x", "other", "1", Mails.RECEIVED));
        pipe(Mails.mail("a", "t", "1, delivered again", Mails.RECEIVED));
        pipe(Mails.mail("c", "t", "3", Mails.RECEIVED.plus(Duration.ofHours(2))));

        assertThat(scored.readValuesToList())
                .extracting(score -> score.getId() + " " + score.getReasons().get(0))
                .containsExactly("a repeats 0", "b repeats 1", "x repeats 0", "a repeats 0", "c repeats 2");
    }

    @Test
    void shouldNotTakeACopyInAnotherMailboxForARepeat() {
        var first = Mails.mail("to support", "t", "1");
        pipe(EmailMessage.newBuilder(first).setMessageId("m1").build());
        pipe(EmailMessage.newBuilder(first)
                .setId("to billing")
                .setMessageId("m1")
                .build());
        pipe(EmailMessage.newBuilder(first).setId("second").setMessageId("m2").build());

        assertThat(scored.readValuesToList())
                .extracting(score -> score.getId() + " " + score.getReasons().get(0))
                .containsExactly("to support repeats 0", "to billing repeats 0", "second repeats 1");
    }

    @Test
    void shouldCountOnlyWithinTheWindowAndLetNoStrayTimeForgetAMail() {
        pipe(Mails.mail("old", "t", "1", Mails.RECEIVED.minus(Duration.ofDays(8))));
        pipe(Mails.mail("a", "t", "2", Mails.RECEIVED));
        pipe(Mails.mail("future", "t", "3", Instant.parse("9999-12-31T23:59:59Z")));
        pipe(Mails.mail("past", "t", "4", Instant.EPOCH));
        pipe(Mails.mail("b", "t", "5", Mails.RECEIVED));

        assertThat(scored.readValuesToList())
                .extracting(score -> score.getId() + " " + score.getReasons().get(0))
                .containsExactly("old repeats 0", "a repeats 0", "future repeats 1", "past repeats 0", "b repeats 2");
    }

    @Test
    void shouldClampTheTimeOfARecord() {
        pipe(Mails.mail("a", "t", "1"), Instant.parse("9999-12-31T23:59:59Z"));
        pipe(Mails.mail("b", "t", "2"));

        assertThat(scored.readRecordsToList())
                .extracting(TestRecord::getRecordTime)
                .containsExactly(NOW, Mails.RECEIVED);
    }

    @Test
    void shouldForgetThreadsThatHadNoMailForAWindow() {
        pipe(Mails.mail("a", "early", "1"));
        clock.advance(Duration.ofDays(4));
        pipe(Mails.mail("b", "late", "1"));
        clock.advance(Duration.ofDays(4));

        driver.advanceWallClockTime(MailStream.DEFAULT_THREAD_WINDOW.dividedBy(24));

        var threads = driver.<String, Object>getKeyValueStore("mail-threads");
        assertThat(threads.get("early")).isNull();
        assertThat(threads.get("late")).isNotNull();
    }

    @Test
    void shouldFailRatherThanBuryWhileTheRegistryIsDown() {
        registry.down = true;

        assertThatThrownBy(() ->
                        received.pipeInput(new TestRecord<>(bytes("t"), new byte[] {0, 0, 0, 0, 1, 2}, Mails.RECEIVED)))
                .hasRootCauseInstanceOf(RegistryUnavailableException.class);

        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void shouldFailRatherThanBuryWhileTheModelIsBroken() {
        driver.close();
        start(texts -> {
            throw new IllegalStateException("device lost");
        });

        assertThatThrownBy(() -> pipe(Mails.mail("a", "t", "Hello")))
                .hasStackTraceContaining(ModelFailingException.class.getName());

        expectNoMore();
    }

    private void pipe(EmailMessage mail) {
        pipe(mail, Mails.RECEIVED);
    }

    private void pipe(EmailMessage mail, Instant time) {
        received.pipeInput(new TestRecord<>(bytes(mail.getThread()), serialized(mail), time));
    }

    private byte[] serialized(EmailMessage mail) {
        var topic = Mails.TOPICS.mailReceived();
        return serdes.valueSerde(topic).serializer().serialize(topic.name(), mail);
    }

    private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(
                topic.name(), new StringDeserializer(), serdes.valueSerde(topic).deserializer());
    }

    private void expectNoMore() {
        assertThat(scored.isEmpty()).as("mail.scored").isTrue();
        assertThat(support.isEmpty()).as("mail.route.support").isTrue();
        assertThat(deadLetters.isEmpty()).as("mail.dead-letters").isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
