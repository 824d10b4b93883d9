package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.action.ActionTopology;
import dev.vorrang.scoring.machine.MachineActions;
import dev.vorrang.scoring.mail.MailActions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions on a broker, killed in the middle. */
class ActionStreamsTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private static Path brokerFolder;

    private static EmbeddedKafka kafka;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start(brokerFolder, 0, Traffic.BROKER_SETTINGS);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static Traffic traffic(Topics topics) {
        var all = ActionTopology.topics(ActionProgram.SETTINGS, ActionProgram.sources(topics), topics);
        return new Traffic(kafka.bootstrapServers(), topics, topics.mailScored(), all);
    }

    @Test
    void shouldActOnEachRecordOnceAlthoughItIsKilled() throws Exception {
        var topics = new Topics("killed.");
        var log = folder.resolve("log").toFile();
        try (var traffic = traffic(topics)) {
            int sent = 0;
            for (int kill = 1; kill <= 3; kill++) {
                var program = ActionProgram.launch(kafka.bootstrapServers(), "killed.", folder.resolve("state"), log);
                try {
                    send(traffic, topics, sent, sent + 400);
                    sent += 400;
                    long before = traffic.sizeOf(topics.actions("pager"));
                    await().atMost(LIMIT)
                            .until(() -> traffic.sizeOf(topics.actions("pager")) > before + 50 || !program.isAlive());
                    assertThat(program.isAlive()).as("%s", log).isTrue();
                } finally {
                    program.destroyForcibly().waitFor();
                }
            }
            send(traffic, topics, 0, 100);
            try (var streams =
                    ActionProgram.streams(kafka.bootstrapServers(), "killed.", folder.resolve("state"), List.of())) {
                streams.start();
                await().atMost(LIMIT)
                        .until(() -> traffic.read(topics.actions("phone")).size() >= 600);
                traffic.awaitAllCommitted(ScoringProgram.applicationId("killed."));
                await().atMost(LIMIT)
                        .until(() -> traffic.read(topics.deskState()).size() >= 600);
            }

            var all = IntStream.range(0, 1_200).mapToObj(i -> "m" + i).toList();
            expectEachOnce(all, traffic.read(topics.actions("pager")));
            expectEachOnce(
                    IntStream.range(0, 1_200).mapToObj(i -> "a" + i).toList(), traffic.read(topics.actions("lamp")));
            // Whether an acknowledgement came in time is a matter of when it was killed.
            assertThat(traffic.read(topics.actions("phone")))
                    .extracting(action -> action.value().getRecord())
                    .doesNotHaveDuplicates()
                    .containsAll(odd());
            assertThat(traffic.read(topics.deskState()))
                    .extracting(record -> record.value().getEvents())
                    .hasSize(600)
                    .containsOnly(1);
            assertThat(traffic.read(topics.actionsUndecided())).isEmpty();
        }
    }

    /** Mails that nobody acknowledges. */
    private static List<String> odd() {
        return IntStream.range(0, 600).mapToObj(i -> "m" + (2 * i + 1)).toList();
    }

    /** Every second mail is acknowledged before it is scored; each event comes twice. */
    private static void send(Traffic traffic, Topics topics, int from, int to) {
        Instant now = Instant.now();
        for (int i = from; i < to; i += 2) {
            var event = DeskEvent.newBuilder()
                    .setId("event-" + i)
                    .setRecord("m" + i)
                    .setStream("mail")
                    .setType(DeskEventType.ACKNOWLEDGED)
                    .setWho("anna")
                    .setChannel("test")
                    .setAt(now)
                    .build();
            traffic.send(topics.deskEvents(), event.getRecord(), event);
            traffic.send(topics.deskEvents(), event.getRecord(), event);
        }
        traffic.flush();
        var mail = MailActions.source(topics).sample().apply(now);
        var alert = MachineActions.source(topics).sample().apply(now);
        for (int i = from; i < to; i++) {
            var score = MailScore.newBuilder(mail).setId("m" + i).build();
            traffic.send(topics.mailScored(), "thread-" + i % 17, score);
            for (AlertState state : List.of(AlertState.RAISED, AlertState.UPDATED, AlertState.CLEARED)) {
                var change = MachineAlert.newBuilder(alert)
                        .setId("a" + i)
                        .setState(state)
                        .build();
                traffic.send(topics.machineAlerts(), "machine-" + i % 5, change);
            }
        }
        traffic.flush();
    }

    private static void expectEachOnce(List<String> records, List<ConsumerRecord<String, Action>> actions) {
        var acted = new ArrayList<String>();
        actions.forEach(action -> acted.add(action.value().getRecord()));
        assertThat(acted).containsExactlyInAnyOrderElementsOf(records);
        assertThat(actions).extracting(action -> action.value().getId()).doesNotHaveDuplicates();
        assertThat(actions).allSatisfy(action -> assertThat(action.key())
                .isEqualTo(action.value().getRecord()));
    }

    @Test
    void shouldStartAtTheEndAndLeaveNothingOutAfterThat() {
        var topics = new Topics("late.");
        try (var traffic = traffic(topics)) {
            send(traffic, topics, 0, 100);
            try (var first = streams(topics, "first")) {
                first.start();
                await().atMost(LIMIT).until(() -> first.health().ready());
            }
            // While it is down, and on partitions from which it never read anything.
            send(traffic, topics, 100, 200);
            try (var second = streams(topics, "second")) {
                second.start();
                await().atMost(LIMIT)
                        .until(() -> traffic.read(topics.actions("lamp")).size() >= 100);
                traffic.awaitAllCommitted(ScoringProgram.applicationId("late."));
            }

            expectEachOnce(
                    IntStream.range(100, 200).mapToObj(i -> "m" + i).toList(), traffic.read(topics.actions("pager")));
            assertThat(traffic.read(topics.deskState()))
                    .as("what people did is never left out")
                    .extracting(record -> record.value())
                    .extracting(DeskState::getRecord)
                    .hasSize(100);
        }
    }

    @Test
    void shouldTellAlertsThatMachinesOfATypeShareAsOne() {
        var topics = new Topics("shared.");
        try (var traffic = traffic(topics);
                var streams = ActionProgram.streams(
                        kafka.bootstrapServers(), topics.prefix(), folder.resolve("shared"), List.of())) {
            streams.start();
            await().atMost(LIMIT).until(() -> streams.health().ready());
            for (int i = 0; i < 12; i++) {
                send(traffic, topics, "oven-" + i, AlertKind.ANOMALY, Map.of("zone1", 0.5f + i / 100f, "fan", 0.3f));
            }
            send(traffic, topics, "oven-12", AlertKind.ANOMALY, Map.of("zone1", 0.3f, "fan", 0.7f));
            send(traffic, topics, "oven-3", AlertKind.SILENT, Map.of());
            send(traffic, topics, "oven-4", AlertKind.SILENT, Map.of());
            traffic.flush();
            await().atMost(LIMIT)
                    .until(() -> traffic.read(topics.actions("shift")).size() >= 3);
            traffic.awaitAllCommitted(ScoringProgram.applicationId("shared."));

            assertThat(traffic.read(topics.actions("shift")))
                    .extracting(action -> action.value().getCount())
                    .as("of twelve machines on all partitions, of another sensor, of a network")
                    .containsExactlyInAnyOrder(12, 1, 2);
        }
    }

    private static void send(
            Traffic traffic, Topics topics, String machine, AlertKind kind, Map<String, Float> sensors) {
        var alert = MachineAlert.newBuilder(
                        MachineActions.source(topics).sample().apply(Instant.now()))
                .setId(machine + kind)
                .setMachine(machine)
                .setType("oven")
                .setKind(kind)
                .setSensors(sensors)
                .build();
        traffic.send(topics.machineAlerts(), machine, alert);
    }

    private TopologyStreams streams(Topics topics, String state) {
        return ActionProgram.streams(
                kafka.bootstrapServers(),
                topics.prefix(),
                folder.resolve(state),
                List.of(topics.mailScored(), topics.machineAlerts()));
    }
}
