package dev.vorrang.connectors.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.mqtt.MosquittoBroker;
import dev.vorrang.connectors.mqtt.MqttSettings;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.connectors.sink.SinkTaskRun;
import dev.vorrang.connectors.sink.TestActions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sink and Mosquitto. */
class MqttSinkTest {

    @TempDir
    Path folder;

    private static SinkTaskRun run(int port, String... more) {
        return new SinkTaskRun(
                new MqttSinkTask(),
                ConnectorConfigs.with(
                        Map.of(
                                MqttSettings.HOST, "localhost",
                                MqttSettings.PORT, Integer.toString(port),
                                MqttSettings.SECURITY, "none",
                                MqttSettings.CLIENT_ID, "vorrang-sink",
                                MqttSettings.TIMEOUT_MS, "3000",
                                MqttSinkSettings.TOPIC, "plant/{{key}}/lamp",
                                DeliverySettings.BACKOFF_MS, "20",
                                DeliverySettings.MAX_MS, "50",
                                DeliverySettings.ATTEMPTS, "3",
                                DeliverySettings.RATE, "0"),
                        more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void shouldSendEachActionToItsTopic(String version) throws Exception {
        try (var broker = MosquittoBroker.open(folder);
                var listener = new Listener(broker.port());
                var run = run(broker.port(), MqttSettings.VERSION, version)) {
            run.put(TestActions.action(1), TestActions.action(2)).untilDone();

            listener.await(2);
            assertThat(listener.topics()).containsExactly("plant/thread-1/lamp", "plant/thread-2/lamp");
            assertThat(listener.texts().get(0)).contains(TestActions.id("action", 1), "\"severity\": \"URGENT\"");
            assertThat(listener.received).noneMatch(Mqtt5Publish::isRetain);
        }
    }

    @Test
    void shouldKeepAHostileNameWithinItsLevelAndItsString() throws Exception {
        try (var broker = MosquittoBroker.open(folder);
                var listener = new Listener(broker.port());
                var run = run(broker.port())) {
            var hostile = TestActions.builder(1)
                    .setRecordKey("../+/#/$x\u0000y")
                    .setTitle(TestActions.HOSTILE)
                    .build();
            var nameless = TestActions.builder(2).setRecordKey("").build();
            run.put(hostile, nameless).untilDone();

            listener.await(1);
            assertThat(listener.topics()).containsExactly("plant/..______x_y/lamp");
            assertThat(listener.texts().get(0)).contains("\\\"}],\\\"x\\\":1}");
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .contains("'plant//lamp'"));
        }
    }

    @Test
    void shouldRetainAnAlertUntilItIsOver() throws Exception {
        try (var broker = MosquittoBroker.open(folder);
                var run = run(broker.port(), MqttSinkSettings.RETAIN, "true")) {
            run.put(TestActions.action(1), TestActions.action(2)).untilDone();
            run.put(TestActions.action(1, "over", Map.of("state", "CLEARED"))).untilDone();

            try (var late = new Listener(broker.port())) {
                late.await(1);
                assertThat(late.topics()).containsExactly("plant/thread-2/lamp");
                assertThat(late.received).allMatch(Mqtt5Publish::isRetain);
            }
        }
    }

    @Test
    void shouldWaitForABrokerThatIsDownAndLoseNothing() throws Exception {
        var broker = MosquittoBroker.open(folder);
        try (var run = run(broker.port())) {
            run.put(TestActions.action(1)).untilDone();
            broker.close();
            run.put(TestActions.action(2)).put(TestActions.action(3));
            assertThat(run.committed()).isEqualTo(1);
            broker.restart();
            try (var listener = new Listener(broker.port())) {
                run.untilDone();
                listener.await(2);
                assertThat(listener.topics()).containsExactly("plant/thread-2/lamp", "plant/thread-3/lamp");
            }
            assertThat(run.letters()).isEmpty();
        } finally {
            broker.close();
        }
    }

    @Test
    void shouldWaitWhileTheLoginIsRefusedAndBuryWhatTheBrokerForbids() throws Exception {
        var passwords = MosquittoBroker.passwords(folder, "anna", "correct horse");
        var rights = Files.writeString(folder.resolve("acl"), "user anna\ntopic write plant/thread-1/lamp\n");
        try (var broker = MosquittoBroker.start(
                folder, "allow_anonymous false\npassword_file " + passwords + "\nacl_file " + rights)) {
            try (var run = run(
                    broker.port(),
                    MqttSettings.LOGIN.user(),
                    "anna",
                    MqttSettings.LOGIN.password(),
                    "battery staple")) {
                run.put(TestActions.action(1)).put();
                assertThat(run.committed()).isZero();
                assertThat(run.letters()).isEmpty();
            }
            try (var run = run(
                    broker.port(), MqttSettings.LOGIN.user(), "anna", MqttSettings.LOGIN.password(), "correct horse")) {
                run.put(TestActions.action(1), TestActions.action(2)).untilDone();
                assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                        .contains("failed 3 times", "NOT_AUTHORIZED", "thread-2"));
            }
        }
    }

    @Test
    void shouldSendNoCommandThatIsTooOld() throws Exception {
        try (var broker = MosquittoBroker.open(folder);
                var run = run(broker.port(), DeliverySettings.MAX_AGE_MS, "60000")) {
            run.put(TestActions.action(1)).untilDone();
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .contains("older than max.age.ms allows"));
        }
    }

    /** Receives all that is sent. */
    private static final class Listener implements AutoCloseable {

        private final List<Mqtt5Publish> received = new CopyOnWriteArrayList<>();
        private final Mqtt5BlockingClient client;

        Listener(int port) {
            client = Mqtt5Client.builder()
                    .serverHost("localhost")
                    .serverPort(port)
                    .buildBlocking();
            client.toAsync().publishes(MqttGlobalPublishFilter.ALL, received::add);
            client.connect();
            client.subscribeWith().topicFilter("plant/#").send();
        }

        void await(int count) {
            Awaitility.await("messages").atMost(Duration.ofSeconds(30)).until(() -> received.size() >= count);
        }

        List<String> topics() {
            return received.stream().map(each -> each.getTopic().toString()).toList();
        }

        List<String> texts() {
            return received.stream()
                    .map(each -> new String(each.getPayloadAsBytes(), StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        public void close() {
            client.disconnect();
        }
    }
}
