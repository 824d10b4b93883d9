package dev.vorrang.connectors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.vorrang.connectors.imap.CuttingProxy;
import dev.vorrang.connectors.reading.FieldSettings;
import dev.vorrang.connectors.reading.RecordSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task against a real broker: nothing is lost, whatever happens to broker, connection or task. */
abstract class MqttSourceContract {

    private static final int HOUR = 3_600;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private Broker broker;

    abstract Broker start(Path folder) throws Exception;

    /** Whether it never has more messages under way than the client asked for. */
    abstract boolean keepsToTheReceiveMaximum();

    @BeforeEach
    void startBroker() throws Exception {
        broker = start(folder);
    }

    @AfterEach
    void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    Map<String, String> config(String... more) {
        var config = new HashMap<String, String>();
        config.put(MqttSettings.HOST, "127.0.0.1");
        config.put(MqttSettings.PORT, Integer.toString(broker.port()));
        config.put(MqttSettings.SECURITY, "none");
        config.put(MqttSettings.CLIENT_ID, "vorrang");
        config.put(MqttSettings.FILTERS, "plant/#");
        config.put(PayloadSettings.TEMPLATE, "plant/{machine}/#");
        config.put(FieldSettings.JSON_TIME, "/ts");
        config.put(MqttSettings.RETRY_MAX_MS, "1000");
        config.put(MqttSettings.TIMEOUT_MS, "2000");
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    private Mqtt5BlockingClient client(String id, boolean clean) {
        var client = Mqtt5Client.builder()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking();
        client.connectWith()
                .cleanStart(clean)
                .sessionExpiryInterval(clean ? 0 : HOUR)
                .send();
        return client;
    }

    private void publish(String topic, boolean retain, String... payloads) {
        var client = client("sensor", true);
        for (var payload : payloads) {
            client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retain(retain)
                    .payload(payload.getBytes(StandardCharsets.UTF_8))
                    .send();
        }
        client.disconnect();
    }

    void publish(int first, int last) {
        publish(
                "plant/press/data",
                false,
                IntStream.rangeClosed(first, last)
                        .mapToObj(i -> "{\"ts\":%d,\"n\":%d}".formatted(1_700_000_000_000L + i, i))
                        .toArray(String[]::new));
    }

    static List<String> readings(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "press {n=%d.0} []".formatted(i))
                .toList();
    }

    /** Subscribes: the session begins, with nothing in it. */
    void subscribe(Map<String, String> config) throws InterruptedException {
        try (var run = new MqttTaskRun(config, offsets)) {
            awaitReader(run);
        }
    }

    private void awaitReader(MqttTaskRun run) throws InterruptedException {
        await("subscription").atMost(LIMIT).until(() -> {
            publish("plant/probe/data", false, "{\"ts\":1700000000000,\"n\":0}");
            return run.poll() > 0;
        });
        publish("plant/probe/data", false, "{\"ts\":1700000000000,\"n\":-1}");
        await("the last probe").atMost(LIMIT).until(() -> {
            run.poll();
            return run.texts().contains("probe {n=-1.0} []");
        });
        run.commit(Integer.MAX_VALUE);
        run.records().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void shouldSendAgainWhatKafkaDoesNotHave(String version) throws Exception {
        var config = config(MqttSettings.VERSION, version);
        subscribe(config);
        publish(1, 10);
        List<String> ids;
        try (var run = new MqttTaskRun(config, offsets)) {
            run.take(10).commit(4);
            assertThat(run.texts()).isEqualTo(readings(1, 10));
            ids = run.ids();
        }
        try (var run = new MqttTaskRun(config, offsets)) {
            run.take(6);
            while (run.poll() > 0) {
                // An acknowledgement sent just before the end may not have arrived.
            }
            assertThat(run.ids().size()).isBetween(6, 9);
            assertThat(run.ids()).isEqualTo(ids.subList(10 - run.ids().size(), 10));
            run.commit(Integer.MAX_VALUE);
        }
        publish(11, 11);
        try (var run = new MqttTaskRun(config, offsets)) {
            await("the new one").atMost(LIMIT).until(() -> {
                run.poll();
                return run.texts().containsAll(readings(11, 11));
            });
            assertThat(run.texts()).doesNotContainAnyElementsOf(readings(1, 4));
        }
    }

    @Test
    void shouldGoOnAfterARestartOfTheBroker() throws Exception {
        subscribe(config());
        try (var run = new MqttTaskRun(config(), offsets)) {
            publish(1, 5);
            run.takeAndCommit(5);
            publish(6, 10);
            run.take(10);
            broker.restart();
            publish(11, 15);
            // Of 6 to 10 Kafka has nothing when the connection ends: they come again.
            run.takeAndCommit(20);
            assertThat(new HashSet<>(run.texts())).isEqualTo(new HashSet<>(readings(1, 15)));
            assertThat(new HashSet<>(run.ids())).hasSize(15);
        }
    }

    @Test
    void shouldLoseNothingWhenTheConnectionIsCutAgainAndAgain() throws Exception {
        try (var proxy = new CuttingProxy(broker.port())) {
            var config = config(
                    MqttSettings.PORT, Integer.toString(proxy.port()),
                    RecordSettings.BATCH_SIZE, "10",
                    MqttSettings.RECEIVE_MAXIMUM, "20");
            subscribe(config);
            publish(1, 200);
            proxy.cutAfter(1_500);
            try (var run = new MqttTaskRun(config, offsets)) {
                await("three cuts").atMost(LIMIT).until(() -> {
                    run.poll();
                    run.commit(Integer.MAX_VALUE);
                    return proxy.cuts() >= 3;
                });
                proxy.cutAfter(Long.MAX_VALUE);
                await("all readings").atMost(LIMIT).until(() -> {
                    run.poll();
                    run.commit(Integer.MAX_VALUE);
                    return new HashSet<>(run.texts()).size() >= 200;
                });
                assertThat(new HashSet<>(run.texts())).isEqualTo(new HashSet<>(readings(1, 200)));
                if (keepsToTheReceiveMaximum()) {
                    assertThat(run.ids().size()).isBetween(200, 200 + 20 * proxy.cuts());
                }
                assertThat(new HashSet<>(run.ids())).hasSize(200);
            }
        }
    }

    @Test
    void shouldFlagTheGapThatAForgottenSessionLeaves() throws Exception {
        subscribe(config());
        client("vorrang", true).disconnect();
        publish(1, 1);
        try (var run = new MqttTaskRun(config(), offsets)) {
            await("subscription").atMost(LIMIT).until(() -> {
                publish(2, 2);
                return run.poll() > 0;
            });
            publish(3, 3);
            run.take(run.records().size() + 1);
            assertThat(run.texts()).doesNotContain("press {n=1.0} []").startsWith("press {n=2.0} [gap]");
            assertThat(run.texts().subList(1, run.texts().size())).allMatch(text -> text.endsWith("[]"));
        }
    }

    @Test
    void shouldComeBackAfterAnotherClientTookTheSession() throws Exception {
        subscribe(config());
        try (var run = new MqttTaskRun(config(), offsets)) {
            publish(1, 1);
            run.takeAndCommit(1);
            client("vorrang", false).disconnect();
            publish(2, 2);
            run.takeAndCommit(2);
            assertThat(new HashSet<>(run.texts())).isEqualTo(new HashSet<>(readings(1, 2)));
        }
    }

    @Test
    void shouldReadRetainedMessagesAsHistorical() throws Exception {
        publish("plant/oven/data", true, "{\"ts\":1700000000000,\"n\":7}");
        try (var run = new MqttTaskRun(config(), offsets)) {
            run.takeAndCommit(1);
            assertThat(run.texts()).containsExactly("oven {n=7.0} [historical]");
        }
        try (var run = new MqttTaskRun(config(), offsets)) {
            publish(1, 1);
            run.take(1);
            assertThat(run.texts()).isEqualTo(readings(1, 1));
        }
    }

    @Test
    void shouldShareTheMessagesAmongTasks() throws Exception {
        var first = config(MqttSettings.SHARE_GROUP, "plant", MqttSettings.CLIENT_ID, "vorrang-0");
        var second = config(MqttSettings.SHARE_GROUP, "plant", MqttSettings.CLIENT_ID, "vorrang-1");
        try (var one = new MqttTaskRun(first, offsets);
                var other = new MqttTaskRun(second, new HashMap<>())) {
            await("both subscriptions").atMost(LIMIT).until(() -> {
                publish(1, 2);
                one.poll();
                other.poll();
                return !one.records().isEmpty() && !other.records().isEmpty();
            });
            publish(11, 60);
            var all = new ArrayList<String>();
            await("all messages").atMost(LIMIT).until(() -> {
                one.poll();
                other.poll();
                all.clear();
                all.addAll(one.texts());
                all.addAll(other.texts());
                // What is left of the probes.
                all.removeAll(readings(1, 2));
                return all.size() >= 50;
            });
            assertThat(all).containsExactlyInAnyOrderElementsOf(readings(11, 60));
            assertThat(one.records()).isNotEmpty();
            assertThat(other.records()).isNotEmpty();
        }
    }

    @Test
    void shouldTakeNamesFromTopicsAndRefuseWhatIsNoReading() throws Exception {
        var config = config(
                MqttSettings.FILTERS, "#",
                PayloadSettings.FORMAT, "value",
                FieldSettings.JSON_TIME, "",
                PayloadSettings.TEMPLATE, "{machine}/{machine}/{sensor}");
        try (var run = new MqttTaskRun(config, offsets)) {
            await("subscription").atMost(LIMIT).until(() -> {
                publish("line1/robot.2/temp", false, "21.5");
                return run.poll() > 0;
            });
            publish("line1/robot.2/on", false, "true");
            publish("line1/robot.2/temp", false, "");
            publish("line1", false, "1");
            await("dead letters").atMost(LIMIT).until(() -> {
                run.poll();
                return run.records().stream()
                                .filter(record -> record.topic().equals("machine.dead-letters"))
                                .count()
                        == 2;
            });
            // Nothing of $SYS, which # does not stand for.
            assertThat(new HashSet<>(run.texts()))
                    .containsExactlyInAnyOrder("line1/robot.2 {temp=21.5} []", "line1/robot.2 {on=1.0} []");
            assertThat(run.records())
                    .extracting(record -> String.valueOf(record.key()))
                    .contains("mqtt://127.0.0.1:" + broker.port() + "/line1");
        }
    }
}
