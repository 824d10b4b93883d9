package dev.vorrang.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.streams.mail.MailKit;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The test of the crash test: whatever goes wrong in the topics is counted. */
class VerifierTest {

    private static final int SENT = 1_000;
    private static final String QUEUE = "urgent";
    private static final Topics TOPICS = new Topics("");

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();
    private final AvroSerdes serdes =
            new AvroSerdes(ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://verifier")));
    private final Workload load = new MailKit().workload(TOPICS, serdes, 1, SENT);
    private final List<Integer> good = IntStream.range(0, SENT)
            .filter(number -> load.poison(number).isEmpty())
            .boxed()
            .toList();
    private final List<Integer> poison = IntStream.range(0, SENT)
            .filter(number -> load.poison(number).isPresent())
            .boxed()
            .toList();

    @BeforeEach
    void sendAll() {
        IntStream.range(0, SENT).forEach(this::receive);
        good.forEach(this::score);
        good.forEach(this::route);
        poison.forEach(number ->
                sendToDeadLetters(number, load.poison(number).orElseThrow().stage()));
    }

    @Test
    void shouldFindNothingWhereAllIsWell() {
        assertThat(count())
                .isEqualTo(new Counts(SENT, poison.size(), good.size(), 0, 0, 0, poison.size(), 0, 0, 0, List.of()));
        assertThat(poison).hasSizeBetween(2, 30);
    }

    @Test
    void shouldFindWhatIsLost() {
        of(TOPICS.mailScored()).remove(17);
        of(TOPICS.mailRoute(QUEUE)).remove(40);
        of(TOPICS.mailDeadLetters()).remove(1);

        // A score, its copy without a score, another copy, and a dead letter.
        assertThat(count().lost()).isEqualTo(3);
        assertThat(count().duplicated()).isEqualTo(1);
        assertThat(count().deadLettered()).isEqualTo(poison.size() - 1);
        assertThat(count().examples()).anyMatch(example -> example.contains("record " + good.get(17) + " of "));
    }

    @Test
    void shouldFindWhatIsThereTwice() {
        score(good.get(3));
        route(good.get(5));
        sendToDeadLetters(
                poison.get(0), load.poison(poison.get(0)).orElseThrow().stage());

        assertThat(count().duplicated()).isEqualTo(3);
        assertThat(count().disordered())
                .as("what is repeated is not out of order")
                .isZero();
    }

    @Test
    void shouldFindWhatIsOutOfOrderWithinAKey() {
        var scores = of(TOPICS.mailScored());
        int later = IntStream.range(0, good.size())
                .filter(index -> load.key(good.get(index)).equals(load.key(good.get(10))))
                .filter(index -> index > 10)
                .findFirst()
                .orElseThrow();
        var first = scores.set(10, scores.get(later));
        scores.set(later, first);

        assertThat(count().disordered()).isEqualTo(1);
    }

    @Test
    void shouldFindDeadLettersThatMustNotBe() {
        of(TOPICS.mailScored()).remove(0);
        of(TOPICS.mailRoute(QUEUE)).remove(0);
        sendToDeadLetters(good.get(0), Stage.MODEL);
        of(TOPICS.mailDeadLetters()).remove(0);
        sendToDeadLetters(poison.get(0), Stage.ROUTE);
        score(poison.get(1));

        assertThat(count().wronglyDeadLettered()).isEqualTo(2);
        assertThat(count().poisonScored()).isEqualTo(1);
        assertThat(count().lost()).as("a copy of the poison").isEqualTo(1);
    }

    @Test
    void shouldFindWhatIsWrongWithTheInputItself() {
        of(TOPICS.mailReceived()).remove(9);
        receive(20);

        assertThat(count().inputDamaged()).isEqualTo(2);
    }

    private Counts count() {
        return new Verifier(load, SENT, this::scan, true).count();
    }

    private void scan(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        topics.getOrDefault(topic, List.of()).forEach(records);
    }

    private List<ConsumerRecord<byte[], byte[]>> of(Topic<?> topic) {
        return topics.computeIfAbsent(topic.name(), any -> new ArrayList<>());
    }

    private void receive(int number) {
        var record = new ConsumerRecord<byte[], byte[]>(TOPICS.mailReceived().name(), 0, number, key(number), null);
        record.headers().add(Workload.HEADER, header(number).array());
        of(TOPICS.mailReceived()).add(record);
    }

    private void score(int number) {
        add(TOPICS.mailScored(), number, mailScore(number));
    }

    private void route(int number) {
        add(TOPICS.mailRoute(QUEUE), number, mailScore(number));
    }

    private MailScore mailScore(int number) {
        return MailScore.newBuilder()
                .setId(Workload.id(number))
                .setThread(load.key(number))
                .setSource("crashtest:" + number)
                .setSubject("")
                .setReceivedAt(Instant.EPOCH)
                .setPriority(Priority.NORMAL)
                .setPriorityScore(0)
                .setQueues(List.of(QUEUE))
                .setModel(new ModelRef("model", "1"))
                .setPosition(new Position("mail.received", 0, (long) number))
                .setScoredAt(Instant.EPOCH)
                .build();
    }

    private void sendToDeadLetters(int number, Stage stage) {
        add(
                TOPICS.mailDeadLetters(),
                number,
                DeadLetter.newBuilder()
                        .setPosition(new Position("mail.received", 0, (long) number))
                        .setStage(stage)
                        .setCause("java.lang.IllegalArgumentException")
                        .setMessage("it cannot be read")
                        .setHeaders(Map.of(Workload.HEADER, header(number)))
                        .setRecordTime(Instant.EPOCH)
                        .setFailedAt(Instant.EPOCH)
                        .build());
    }

    private <V extends SpecificRecord> void add(Topic<V> topic, int number, V value) {
        byte[] bytes = serdes.valueSerde(topic).serializer().serialize(topic.name(), value);
        of(topic).add(new ConsumerRecord<>(topic.name(), 0, of(topic).size(), key(number), bytes));
    }

    private byte[] key(int number) {
        return load.key(number).getBytes(StandardCharsets.UTF_8);
    }

    private static ByteBuffer header(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
    }
}
