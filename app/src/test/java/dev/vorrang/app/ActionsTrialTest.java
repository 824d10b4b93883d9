package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MachineStatus;
import dev.vorrang.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code vorrang run} between real servers: mails and readings come in, actions go out through every sink, and the program is killed
 * meanwhile, with broker, scoring and worker in it. All is counted by id. For a larger run:
 * {@code -Dvorrang.actions.mails=500 -Dvorrang.actions.readings=20000}.
 */
class ActionsTrialTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Topics TOPICS = new Topics("");

    private static final int MAILS = Integer.getInteger("vorrang.actions.mails", 60);
    private static final int READINGS = Integer.getInteger("vorrang.actions.readings", 2_000);
    private static final int EMERGENCY = 7;
    private static final Duration ESCALATION = Duration.ofSeconds(20);

    /** The machine that sends until the session is there. */
    private static final String FIRST = "first";

    private static final int MACHINES = 8;
    private static final int FAULTY = 5;
    private static final Duration RECORDING = Duration.ofMinutes(30);
    private static final int UNDER_WAY = 200;

    @TempDir
    Path folder;

    private final Instant begin = Instant.now().minus(RECORDING).truncatedTo(ChronoUnit.MILLIS);
    private final Instant fault = begin.plus(RECORDING.multipliedBy(6).dividedBy(10));
    private final Random random = new Random(7);
    private ActionTargets targets;
    private int delivered;
    private int published;

    @Test
    void shouldCarryOutEachActionThoughItIsKilledInBetween() throws Exception {
        try (var servers = ActionTargets.start(folder)) {
            targets = servers;
            Path config = config();
            try (var run = started(config)) {
                awaitSession();
                deliver(MAILS / 3);
                publish(READINGS / 3);
                await("the emergency").atMost(LIMIT).pollInterval(POLL).until(() -> targets.mailed().stream()
                        .anyMatch(subject -> subject.contains("EMERGENCY")));
                await("actions").atMost(LIMIT).until(() -> targets.ids("audit").size() >= MAILS / 6);
                kill(run);
            }
            deliver(MAILS / 2);
            publish(READINGS / 2);
            try (var run = started(config)) {
                deliver(MAILS);
                publish(READINGS * 8 / 10);
                await("a lamp").atMost(LIMIT).until(() -> !targets.ids("lamp").isEmpty());
                await("actions").atMost(LIMIT).until(() -> targets.ids("audit").size() >= MAILS * 2 / 3);
                kill(run);
            }
            publish(READINGS);
            try (var run = started(config)) {
                awaitAll();
                check();
                assertThat(run.runs()).isTrue();
            }
        }
    }

    private void awaitAll() {
        await("all scores").atMost(LIMIT).pollInterval(Duration.ofSeconds(2)).until(() -> scored() >= READINGS);
        await("all actions").atMost(LIMIT).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            assertThat(decided("audit")).hasSize(MAILS);
            assertThat(decided("boss")).isNotEmpty();
            assertThat(decided("pager"))
                    .extracting(Action::getCount)
                    .contains(subjects("Outage").size());
            assertThat(decided("lamp").stream().map(Action::getRecordKey)).contains(faulty());
            for (String sink : List.of("audit", "pager", "boss", "lamp")) {
                assertThat(targets.ids(sink)).as(sink).containsAll(ids(decided(sink)));
            }
            assertThat(targets.mailedIds()).containsAll(ids(decided("people")));
            assertThat(targets.mailbox().subjects("Billing", Optional.of("$Billing")))
                    .containsAll(subjects("Invoice"));
        });
    }

    private void check() throws Exception {
        assertThatRecordsAreThoseExpected();
        assertThatTheFloodIsOneMessageAndSummaries();
        assertThatTheEmergencyIsEscalatedOnce();
        for (String sink : List.of("audit", "pager", "boss", "lamp")) {
            assertThatAllArrived(sink, targets.ids(sink));
        }
        assertThatAllArrived("people", targets.mailedIds());
        List<String> moved = targets.mailbox().subjects("Billing", Optional.of("$Billing"));
        assertThat(moved).as("moved mails").containsExactlyInAnyOrderElementsOf(subjects("Invoice"));
        assertThat(targets.mailbox().subjects("INBOX", Optional.empty()))
                .as("mails that stay")
                .hasSize(MAILS - moved.size())
                .doesNotContainAnyElementsOf(moved);
        System.out.printf(
                "billing: %d decided, %d mails moved, 0 lost, 0 doubles%n",
                decided("billing").size(), moved.size());
        assertThat(TopicReader.ends(data(), TOPICS.actionsDeadLetters().name()))
                .as("dead letters")
                .isZero();
        assertThat(TopicReader.all(data(), TOPICS.actionsUndecided())).isEmpty();
    }

    private void assertThatRecordsAreThoseExpected() {
        assertThat(TopicReader.all(data(), TOPICS.mailScored())).hasSize(MAILS);
        assertThat(TopicReader.all(data(), TOPICS.machineScored()).stream()
                        .filter(score -> !score.getMachine().equals(FIRST)))
                .as("scored readings")
                .hasSize(READINGS)
                .allMatch(score -> score.getStatus() != MachineStatus.LATE && score.getStatus() != MachineStatus.AHEAD)
                .extracting(MachineScore::getId)
                .doesNotHaveDuplicates();
        assertThat(decided("audit"))
                .extracting(action -> action.getFields().get("subject"))
                .containsExactlyInAnyOrderElementsOf(subjects(""));
        assertThat(decided("billing"))
                .extracting(action -> action.getFields().get("subject"))
                .containsExactlyInAnyOrderElementsOf(subjects("Invoice"));
        assertThat(decided("lamp").stream().map(Action::getRecordKey).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(faulty());
        assertThat(decided("lamp")).extracting(Action::getRecord).as("alerts").doesNotHaveDuplicates();
    }

    private void assertThatTheFloodIsOneMessageAndSummaries() {
        List<Action> messages = decided("pager");
        int all = subjects("Outage").size();
        assertThat(messages)
                .extracting(Action::getSummary)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, messages.size()).boxed().toList());
        assertThat(messages.stream().mapToInt(Action::getCount).max()).hasValue(all);
        assertThat(messages).as("messages about " + all + " mails").hasSizeLessThan(all / 2);
    }

    private void assertThatTheEmergencyIsEscalatedOnce() {
        List<Action> emergencies = decided("people").stream()
                .filter(action -> action.getStream().equals("mail"))
                .toList();
        assertThat(emergencies).hasSize(1);
        Action first = emergencies.get(0);
        assertThat(decided("boss")).singleElement().satisfies(step -> {
            assertThat(step.getRecord()).isEqualTo(first.getRecord());
            assertThat(step.getStep()).isEqualTo(1);
            assertThat(step.getCreatedAt())
                    .isAfterOrEqualTo(first.getCreatedAt().plus(ESCALATION));
        });
    }

    private void assertThatAllArrived(String sink, List<String> arrived) {
        List<String> decided = decided(sink).stream().map(Action::getId).toList();
        Set<String> distinct = new HashSet<>(arrived);
        System.out.printf(
                "%s: %d decided, %d arrived, %d lost, %d came again with the same id%n",
                sink,
                decided.size(),
                arrived.size(),
                decided.stream().filter(id -> !distinct.contains(id)).count(),
                arrived.size() - distinct.size());
        assertThat(decided).as(sink).doesNotHaveDuplicates();
        assertThat(distinct).as(sink).containsExactlyInAnyOrderElementsOf(decided);
    }

    /** Actions that the program has decided for a sink. */
    private List<Action> decided(String sink) {
        return TopicReader.all(data(), TOPICS.actions(sink));
    }

    private static List<String> ids(List<Action> actions) {
        return actions.stream().map(Action::getId).toList();
    }

    private VorrangProcess started(Path config) throws IOException {
        var run = VorrangProcess.start(folder, "run", "--config", config.toString());
        await("ready").atMost(LIMIT).until(() -> run.err().contains("ready") || !run.runs());
        assertThat(run.err()).contains("ready");
        return run;
    }

    private static void kill(VorrangProcess run) throws Exception {
        run.signal("KILL");
        run.exitCode(LIMIT);
    }

    /** Delivers mails until there are so many. */
    private void deliver(int until) throws IOException {
        for (; delivered < until; delivered++) {
            targets.mailbox()
                    .deliver(
                            "customer" + delivered + "@customer.example",
                            subject(delivered),
                            "This is mail " + delivered);
        }
    }

    private static String subject(int number) {
        if (number == EMERGENCY) {
            return "EMERGENCY " + number;
        }
        return switch (number % 5) {
            case 1, 2 -> "Outage " + number;
            case 3 -> "Invoice " + number;
            default -> "Question " + number;
        };
    }

    private static List<String> subjects(String beginning) {
        return IntStream.range(0, MAILS)
                .mapToObj(ActionsTrialTest::subject)
                .filter(subject -> subject.startsWith(beginning))
                .toList();
    }

    private static String[] faulty() {
        return IntStream.range(0, FAULTY).mapToObj(i -> "press-" + i).toArray(String[]::new);
    }

    /** Nobody keeps readings that are sent before the session is there. */
    private void awaitSession() {
        Mqtt5AsyncClient client = PlantTraffic.client(targets.plant().port(), "first");
        await("a first score").atMost(LIMIT).pollInterval(POLL).until(() -> {
            publish(client, FIRST, begin, 0).join();
            return !TopicReader.all(data(), TOPICS.machineScored()).isEmpty();
        });
        client.disconnect().join();
    }

    /** Publishes readings until there are so many. */
    private void publish(int until) {
        Mqtt5AsyncClient client = PlantTraffic.client(targets.plant().port(), "machines");
        var underWay = new ArrayList<CompletableFuture<?>>();
        for (; published < until; published++) {
            int machine = published % MACHINES;
            Instant time =
                    begin.plus(RECORDING.multipliedBy(published / MACHINES).dividedBy(READINGS / MACHINES));
            double jump = machine < FAULTY && !time.isBefore(fault) ? 50 : 0;
            underWay.add(publish(client, "press-" + machine, time, jump));
            if (underWay.size() == UNDER_WAY) {
                underWay.forEach(CompletableFuture::join);
                underWay.clear();
            }
        }
        underWay.forEach(CompletableFuture::join);
        client.disconnect().join();
    }

    /** Sends a reading of two sensors with a standard deviation of 1, of which one is off by so much. */
    private CompletableFuture<?> publish(Mqtt5AsyncClient client, String machine, Instant time, double jump) {
        var json = "{\"time\":\"%s\",\"values\":{\"pressure\":%s,\"flow\":%s}}"
                .formatted(time, 200 + random.nextGaussian() + jump, 90 + random.nextGaussian());
        return client.publishWith()
                .topic("plant/" + machine + "/readings")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(json.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private long scored() {
        return TopicReader.all(data(), TOPICS.machineScored()).stream()
                .filter(score -> !score.getMachine().equals(FIRST))
                .map(MachineScore::getId)
                .distinct()
                .count();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path config() throws IOException {
        String faults = "'kind == \"ANOMALY\" && start >= timestamp(\"%s\")'".formatted(fault);
        String webhook = "{http.url: '%s', http.security: none, rate.per.minute: 0}".formatted(targets.webhook());
        Path file = folder.resolve("vorrang.yaml");
        Files.writeString(file, """
                data: %1$s
                kafka: {port: %2$d}
                registry: {port: %3$d}
                metrics: {port: 0}
                console: {port: 0}
                streams: {mail: {models: [{folder: models/mail-triage/3}]}}
                ingest:
                  mailboxes:
                    - {name: desk, host: 127.0.0.1, port: %4$d, security: none, user: %5$s, password: %6$s, poll-interval: 1s}
                  machines:
                    - name: hall
                      connector: mqtt
                      settings: {mqtt.host: 127.0.0.1, mqtt.port: %7$d, mqtt.security: none, mqtt.client.id: vorrang,
                        mqtt.filters: plant/+/readings, payload.topic.template: "plant/{machine}/readings",
                        payload.json.time: /time, payload.json.values: /values}
                actions:
                  start: earliest
                  rules:
                    - {name: audit, stream: mail, when: "true", sink: audit}
                    - {name: outage, stream: mail, when: 'subject.startsWith("Outage")', sink: pager, group: {window: 1m}}
                    - {name: invoice, stream: mail, when: 'subject.startsWith("Invoice")', sink: billing}
                    - name: emergency
                      stream: mail
                      when: subject.startsWith("EMERGENCY")
                      sink: people
                      escalate: [{after: %8$ds, sink: boss}]
                    - {name: lamp, stream: machine, when: %9$s, sink: lamp}
                    - {name: technician, stream: machine, when: %9$s, sink: people}
                sinks:
                  - {name: audit, connector: http, settings: %10$s}
                  - {name: pager, connector: http, settings: %10$s}
                  - {name: boss, connector: http, settings: %10$s}
                  - {name: billing, connector: imap, settings: {imap.host: 127.0.0.1, imap.port: %4$d, imap.security: none,
                      imap.user: %5$s, imap.password: %6$s, imap.flags: $Billing, imap.move.to: Billing, rate.per.minute: 0}}
                  - {name: people, connector: mail, settings: {smtp.host: 127.0.0.1, smtp.port: %11$d, smtp.security: none,
                      mail.from: vorrang@example.org, mail.to: night-shift@example.org, rate.per.minute: 0}}
                  - {name: lamp, connector: mqtt, settings: {mqtt.host: 127.0.0.1, mqtt.port: %7$d, mqtt.security: none,
                      mqtt.client.id: lamps-of-vorrang, mqtt.topic: "plant/{{key}}/lamp"}}
                """.formatted(
                        data(),
                        PlantTraffic.freePort(),
                        PlantTraffic.freePort(),
                        targets.mailbox().port(),
                        DovecotProcess.USER,
                        DovecotProcess.PASSWORD,
                        targets.plant().port(),
                        ESCALATION.toSeconds(),
                        faults,
                        webhook,
                        targets.smtpPort()));
        return file;
    }
}
