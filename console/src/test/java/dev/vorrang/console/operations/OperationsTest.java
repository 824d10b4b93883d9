package dev.vorrang.console.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.MemoryConsole;
import dev.vorrang.console.demand.DemandConsole;
import dev.vorrang.console.history.TopicCluster;
import dev.vorrang.console.machine.MachineConsole;
import dev.vorrang.console.mail.MailConsole;
import dev.vorrang.console.view.OperationsStore.DeadLetterPage;
import dev.vorrang.console.view.OperationsView.DeadLetterView;
import dev.vorrang.console.view.OperationsView.Lag;
import dev.vorrang.console.view.OperationsView.ModelView;
import dev.vorrang.console.view.OperationsView.StreamView;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Stage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console shows of how the streams do. */
class OperationsTest {

    /** Records of the broker are of this hour. */
    private static final Instant NOW = Instant.now();

    @TempDir
    private static Path folder;

    private static TopicCluster cluster;
    private static Operations operations;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TopicCluster(folder.resolve("kafka"));
        cluster.create(
                cluster.topics.mailReceived(),
                cluster.topics.mailScored(),
                cluster.topics.mailDeadLetters(),
                cluster.topics.machineScored(),
                cluster.topics.demandForecast(),
                cluster.topics.actionsDeadLetters());
        Path card = folder.resolve("models/mail-triage/3/assets.extra/model.json");
        Files.createDirectories(card.getParent());
        Files.writeString(card, """
                {"name": "mail-triage", "version": "3", "figures": [
                 {"data": "a.csv", "part": "validation", "head": "topic", "rows": 100, "accuracy": 0.5},
                 {"data": "b.csv", "part": "validation", "head": "topic", "rows": 300, "accuracy": 0.9},
                 {"data": "c.csv", "measure": "RMSE", "rows": 1, "value": 9.4488}]}
                """);
        // Their dead letters have no topic.
        operations = Operations.open(
                new OperationsSettings(
                        cluster.client(),
                        cluster.topics,
                        cluster.serdes,
                        List.of(
                                MailConsole.operated(cluster.topics),
                                MachineConsole.operated(cluster.topics),
                                DemandConsole.operated(cluster.topics)),
                        Optional.of(folder.resolve("models"))),
                new MemoryConsole(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterAll
    static void close() {
        operations.close();
        cluster.close();
    }

    @Test
    void shouldCountWhatWasScored() throws Exception {
        score("a", NOW.minusSeconds(60), 200, false, "3");
        score("b", NOW, 400, true, "3");
        score("c", NOW, 900, false, "2");

        StreamView mail = await().until(
                        () -> stream("mail"),
                        view -> view.perMinute().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()
                                == 3);

        assertThat(mail.perMinute()).hasSize(60).endsWith(1L, 2L);
        assertThat(mail.latencyMillis())
                .containsExactly(Map.entry("0.5", 400.0), Map.entry("0.95", 900.0), Map.entry("0.99", 900.0));
        assertThat(mail.abstained()).contains(1 / 3.0);
        assertThat(mail.models())
                .containsExactly(
                        new ModelView(
                                "mail-triage", "3", 2, Map.of("accuracy, topic", "0.800", "RMSE, c.csv", "9.449")),
                        new ModelView("mail-triage", "2", 1, Map.of()));
        assertThat(stream("machine").perMinute()).hasSize(60);
        assertThat(stream("machine").abstained()).isEmpty();
    }

    @Test
    void shouldTellTheLatencyOfEveryStream() throws Exception {
        var scored = NOW.minusSeconds(5);
        cluster.write(
                cluster.topics.demandForecast(),
                "lamp",
                DemandForecast.newBuilder()
                        .setId("f1")
                        .setItem("lamp")
                        .setOrigin(NOW)
                        .setPeriod("DAY")
                        .setLevels(List.of())
                        .setSteps(List.of())
                        .setPosition(new Position("demand.observed", 0, 0L))
                        .setReceivedAt(scored.minusMillis(70))
                        .setScoredAt(scored)
                        .build());
        var reading = MachineScore.newBuilder()
                .setId("r1")
                .setMachine("press-5")
                .setTime(NOW)
                .setPosition(new Position("machine.readings", 0, 0L))
                .setScoredAt(scored);
        cluster.write(
                cluster.topics.machineScored(),
                "press-5",
                MachineScore.newBuilder(reading)
                        .setReceivedAt(scored.minusMillis(30))
                        .build());
        // Of a file, or of an earlier version.
        cluster.write(
                cluster.topics.machineScored(), "press-5", reading.setId("r2").build());

        await().untilAsserted(() -> {
            assertThat(stream("demand").latencyMillis()).containsEntry("0.95", 70.0);
            assertThat(stream("machine").perMinute().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(2);
            assertThat(stream("machine").latencyMillis())
                    .containsEntry("0.5", 30.0)
                    .containsEntry("0.95", 30.0);
        });
    }

    @Test
    void shouldShowDeadLettersWithTheirBytes() throws Exception {
        for (int i = 0; i < 3; i++) {
            cluster.write(cluster.topics.mailDeadLetters(), "key", letter(i));
        }
        byte[] action = cluster.serdes
                .valueSerde(cluster.topics.actionsDeadLetters())
                .serializer()
                .serialize(cluster.topics.actionsDeadLetters().name(), action());
        var refused = new ProducerRecord<>(cluster.topics.actionsDeadLetters().name(), 0, "record-1", action);
        Map.of("topic", "actions.pager", "partition", "1", "offset", "7", "stage", "TASK_PUT")
                .forEach((name, value) ->
                        refused.headers().add("__connect.errors." + name, value.getBytes(StandardCharsets.UTF_8)));
        refused.headers()
                .add("__connect.errors.exception.message", "401 from\nthe pager".getBytes(StandardCharsets.UTF_8));
        cluster.write(refused);
        await().until(() ->
                operations.deadLetters(Optional.empty(), Optional.empty(), 10).total() == 4);

        var all = new ArrayList<DeadLetterView>();
        Optional<String> after = Optional.empty();
        do {
            DeadLetterPage page = operations.deadLetters(Optional.of("mail"), after, 2);
            assertThat(page.total()).isEqualTo(stream("mail").deadLetters());
            all.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        assertThat(all).extracting(DeadLetterView::message).contains("mail 2", "mail 1", "mail 0");
        DeadLetterView first = all.get(0);
        assertThat(first.message()).isEqualTo("mail 2");
        assertThat(first.stage()).isEqualTo("DECODE");
        assertThat(first.source()).isEqualTo("mail.received/0/2");
        assertThat(first.size()).isEqualTo(10_000);
        assertThat(first.value()).isEmpty();
        assertThat(first.replayed()).isFalse();

        operations.replayed(first.topic(), first.partition(), first.offset());
        DeadLetterView whole = operations
                .deadLetter(first.topic(), first.partition(), first.offset())
                .orElseThrow();
        assertThat(Base64.getDecoder().decode(whole.value().orElseThrow())).hasSize(4_096);
        assertThat(whole.replayed()).isTrue();
        assertThat(operations
                        .deadLetters(Optional.of("mail"), Optional.empty(), 1)
                        .items()
                        .get(0)
                        .replayed())
                .isTrue();

        DeadLetterView notDone = operations.deadLetters(Optional.empty(), Optional.empty(), 10).items().stream()
                .filter(letter -> letter.topic().equals("actions.dead-letters"))
                .findFirst()
                .orElseThrow();
        assertThat(notDone.source()).isEqualTo("actions.pager/1/7");
        assertThat(notDone.stage()).isEqualTo("TASK_PUT");
        assertThat(notDone.message()).isEqualTo("401 from the pager");
    }

    @Test
    void shouldRefuseWhatIsNotKnown() {
        assertThat(operations.deadLetter("mail.dead-letters", 0, 1_000)).isEmpty();
        assertThat(operations.deadLetter("mail.dead-letters", 99, 0)).isEmpty();
        assertThat(operations.deadLetter("mail.received", 0, 0)).isEmpty();
        assertThatThrownBy(() -> operations.deadLetters(Optional.of("x"), Optional.empty(), 1))
                .hasMessageContainingAll("stream 'x'", "actions, demand, machine, mail");
        assertThatThrownBy(() -> operations.deadLetters(Optional.empty(), Optional.of("x"), 1))
                .hasMessageContaining("after 'x'");
    }

    @Test
    void shouldShowHowFarGroupsAreBehind() throws Exception {
        String topic = cluster.topics.mailReceived().name();
        for (int i = 0; i < 5; i++) {
            cluster.write(new ProducerRecord<>(topic, 0, "key", new byte[] {1}));
        }
        cluster.admin()
                .alterConsumerGroupOffsets(
                        "vorrang-mail", Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(2)))
                .all()
                .get();

        await().until(() -> operations.operations().topics().contains(new Lag("vorrang-mail", topic, 3)));
    }

    private static StreamView stream(String name) {
        return operations.operations().streams().stream()
                .filter(each -> each.stream().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void score(String id, Instant at, long millis, boolean abstained, String version) throws Exception {
        cluster.write(
                cluster.topics.mailScored(),
                id,
                MailScore.newBuilder()
                        .setId(id)
                        .setThread(id)
                        .setSource("file:/" + id)
                        .setReceivedAt(at.minusMillis(millis))
                        .setPriority(Priority.NORMAL)
                        .setPriorityScore(0.4f)
                        .setAbstained(abstained)
                        .setModel(new ModelRef("mail-triage", version))
                        .setPosition(new Position("mail.received", 0, 0L))
                        .setScoredAt(at)
                        .build());
    }

    private static DeadLetter letter(int number) {
        return DeadLetter.newBuilder()
                .setPosition(new Position("mail.received", 0, (long) number))
                .setStage(Stage.DECODE)
                .setCause("java.lang.IllegalStateException")
                .setMessage("mail " + number)
                .setKey(ByteBuffer.wrap(new byte[] {'k'}))
                .setValue(ByteBuffer.wrap(new byte[10_000]))
                .setRecordTime(NOW)
                .setFailedAt(NOW.plusSeconds(number))
                .build();
    }

    private static Action action() {
        return Action.newBuilder()
                .setId("action-1")
                .setName("page-outages")
                .setSink("pager")
                .setStream("mail")
                .setRecord("record-1")
                .setRecordKey("thread")
                .setLink("mail")
                .setTitle("Outage")
                .setSeverity(Priority.URGENT)
                .setTime(NOW)
                .setCreatedAt(NOW)
                .setPosition(new Position("mail.scored", 0, 0L))
                .build();
    }
}
