package dev.vorrang.console.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.desk.Desk;
import dev.vorrang.console.desk.KafkaDesk;
import dev.vorrang.console.desk.KafkaReplay;
import dev.vorrang.console.desk.RecordSender;
import dev.vorrang.console.view.DeskView;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.TopicSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do goes to the topic, whose order decides for every console. */
class KafkaDeskTest {

    @TempDir
    private static Path folder;

    private static MailCluster cluster;
    private static ConsoleIndex first;
    private static ConsoleIndex second;
    private static RecordSender sender;

    @BeforeAll
    static void start() {
        cluster = new MailCluster(folder.resolve("kafka"));
        first = cluster.open(folder.resolve("first"));
        second = cluster.open(folder.resolve("second"));
        sender = RecordSender.open(cluster.client(), cluster.serdes);
    }

    @AfterAll
    static void close() {
        sender.close();
        first.close();
        second.close();
        cluster.close();
    }

    @Test
    void shouldGiveARecordToOneOfManyWhoClaimItInTwoConsoles() {
        mail("a1");
        try (var one = new KafkaDesk(sender, cluster.topics.deskEvents(), first);
                var other = new KafkaDesk(sender, cluster.topics.deskEvents(), second)) {
            var claims = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> write(
                            i % 2 == 0 ? one : other, event("a1-" + i, "a1", DeskEventType.CLAIMED, "agent" + i))))
                    .toList();
            List<Desk.Applied> answers =
                    claims.stream().map(CompletableFuture::join).toList();
            assertThat(answers).filteredOn(Desk.Applied::counted).hasSize(1);
            String holder = answers.stream()
                    .filter(Desk.Applied::counted)
                    .findFirst()
                    .orElseThrow()
                    .desk()
                    .holder()
                    .orElseThrow();
            assertThat(answers)
                    .allSatisfy(each -> assertThat(each.desk().holder()).contains(holder));
        }
    }

    @Test
    void shouldCountAnEventOnceThoughItIsSentTwice() {
        mail("b1");
        try (var desk = new KafkaDesk(sender, cluster.topics.deskEvents(), first)) {
            var event = event("b1-1", "b1", DeskEventType.COMMENTED, "anna");
            assertThat(write(desk, event).counted()).isTrue();
            Desk.Applied again = write(desk, event);
            assertThat(again.counted()).isTrue();
            assertThat(again.desk().comments()).isEqualTo(1);
        }
    }

    @Test
    void shouldApplyManyAtOnce() {
        var events = new ArrayList<DeskEvent>();
        for (int i = 0; i < 300; i++) {
            mail("c" + i);
            events.add(event("c-" + i, "c" + i, DeskEventType.DONE, "anna"));
        }
        try (var desk = new KafkaDesk(sender, cluster.topics.deskEvents(), first)) {
            assertThat(desk.write(events))
                    .hasSize(300)
                    .allSatisfy(each -> assertThat(each.desk().status()).isEqualTo(DeskView.Status.DONE));
        }
    }

    @Test
    void shouldSendADeadLetterAgainByteForByteAndOnlyWhereItCameFrom() {
        cluster.createTopics(cluster.topics.mailDeadLetters());
        byte[] bytes = "no Avro".getBytes(StandardCharsets.UTF_8);
        var set = new TopicSet<EmailMessage>(
                cluster.topics.mailReceived(),
                List.of(),
                List.of(cluster.topics.mailScored()),
                cluster.topics.mailDeadLetters());
        var replay = new KafkaReplay(cluster.client(), cluster.serdes, sender, List.of(set));
        var own = cluster.write(
                cluster.topics.mailDeadLetters(),
                "k",
                letter(cluster.topics.mailReceived().name(), bytes));
        var foreign = cluster.write(cluster.topics.mailDeadLetters(), "k", letter("desk.events", bytes));
        assertThat(replay.replay(own.topic(), own.partition(), own.offset())).isTrue();
        assertThat(replay.replay(foreign.topic(), foreign.partition(), foreign.offset()))
                .isFalse();
        assertThat(replay.replay(own.topic(), own.partition(), own.offset() + 100))
                .isFalse();
        assertThat(replay.replay(own.topic(), 99, 0)).isFalse();
        assertThat(replay.replay("desk.events", 0, 0)).isFalse();
        await().untilAsserted(() -> assertThat(values()).contains("no Avro"));
    }

    private static List<String> values() {
        var values = new ArrayList<String>();
        try (var consumer = TopicFeed.consumer(cluster.client())) {
            var partitions = consumer
                    .partitionsFor(cluster.topics.mailReceived().name())
                    .stream()
                    .map(each -> new org.apache.kafka.common.TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.poll(java.time.Duration.ofSeconds(5))
                    .forEach(each -> values.add(new String(each.value(), StandardCharsets.UTF_8)));
        }
        return values;
    }

    private static DeadLetter letter(String topic, byte[] bytes) {
        return DeadLetter.newBuilder()
                .setPosition(new Position(topic, 0, 0L))
                .setStage(Stage.DECODE)
                .setCause("WireFormatException")
                .setMessage("no magic byte")
                .setKey(ByteBuffer.wrap("thread".getBytes(StandardCharsets.UTF_8)))
                .setValue(ByteBuffer.wrap(bytes))
                .setHeaders(Map.of())
                .setRecordTime(MailCluster.NOON)
                .setFailedAt(MailCluster.NOON)
                .build();
    }

    private static void mail(String id) {
        cluster.mail(id, "subject of " + id, "text", score -> score);
    }

    private static Desk.Applied write(Desk desk, DeskEvent event) {
        return desk.write(List.of(event)).get(0);
    }

    private static DeskEvent event(String id, String record, DeskEventType type, String who) {
        return DeskEvent.newBuilder()
                .setId(id)
                .setRecord(record)
                .setStream("mail")
                .setType(type)
                .setWho(who)
                .setChannel("console")
                .setAt(MailCluster.NOON)
                .build();
    }
}
