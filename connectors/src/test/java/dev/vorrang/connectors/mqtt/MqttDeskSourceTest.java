package dev.vorrang.connectors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.vorrang.connectors.TaskRun;
import dev.vorrang.connectors.sink.TestActions;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.desk.AcknowledgeLink;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Acknowledgements over Mosquitto. */
class MqttDeskSourceTest {

    private static final String SECRET = "Kiefernzapfen-am-Wegesrand";
    private static final String TOPIC = "plant/press/acknowledge";
    private static final String EVENT = "{\"record\":\"%s\",\"stream\":\"machine\"}";

    @TempDir
    private Path folder;

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private MosquittoBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = MosquittoBroker.open(folder);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    private TaskRun run(String... more) {
        var config = new HashMap<String, String>();
        config.put(MqttSettings.HOST, "127.0.0.1");
        config.put(MqttSettings.PORT, Integer.toString(broker.port()));
        config.put(MqttSettings.SECURITY, "none");
        config.put(MqttSettings.CLIENT_ID, "vorrang-desk");
        config.put(MqttSettings.FILTERS, "plant/+/acknowledge");
        config.put(MqttSettings.RETRY_MAX_MS, "1000");
        config.put(MqttSettings.TIMEOUT_MS, "2000");
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return new TaskRun(new MqttDeskSourceTask(), config, offsets);
    }

    /** Waits for a retained message, so that the broker knows the session before anything is published. */
    private TaskRun subscribed(String... more) throws Exception {
        publish(EVENT.formatted("first").getBytes(StandardCharsets.UTF_8), true);
        var run = run(more).take(1).commit(1);
        publish(new byte[0], true);
        run.records().clear();
        return run;
    }

    private void publish(String... payloads) {
        for (var payload : payloads) {
            publish(payload.getBytes(StandardCharsets.UTF_8), false);
        }
    }

    private void publish(byte[] payload, boolean retain) {
        var client = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking();
        client.connect();
        client.publishWith()
                .topic(TOPIC)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(retain)
                .payload(payload)
                .send();
        client.disconnect();
    }

    private static List<Struct> events(TaskRun run) {
        return run.on("desk.events");
    }

    private static List<Struct> letters(TaskRun run) {
        return run.on("actions.undecided");
    }

    private static void untilOneMore(TaskRun run) throws InterruptedException {
        run.take(run.taken() + 1);
    }

    @Test
    void shouldMakeAnEventOfAMessageAndFillInWhatADeviceDoesNotKnow() throws Exception {
        try (var run = subscribed()) {
            publish(EVENT.formatted("alert-1"));
            untilOneMore(run);
            publish("{\"id\":\"e1\",\"record\":\"m1\",\"stream\":\"mail\",\"type\":\"CLAIMED\",\"who\":\"anna\","
                    + "\"at\":\"2026-03-01T08:00:00Z\",\"comment\":\"on my way\"}");
            untilOneMore(run);

            assertThat(events(run).get(0)).satisfies(event -> {
                assertThat(event.getString("record")).isEqualTo("alert-1");
                assertThat(event.getString("stream")).isEqualTo("machine");
                assertThat(event.getString("type")).isEqualTo("ACKNOWLEDGED");
                assertThat(event.getString("who")).isEqualTo(TOPIC);
                assertThat(event.getString("channel")).isEqualTo("mqtt");
                assertThat(event.getString("id")).startsWith("mqtt-").hasSizeLessThanOrEqualTo(100);
            });
            assertThat(events(run).get(1)).satisfies(event -> {
                assertThat(event.getString("id")).isEqualTo("e1");
                assertThat(event.getString("type")).isEqualTo("CLAIMED");
                assertThat(event.getString("who")).isEqualTo("anna");
                assertThat(event.getString("comment")).isEqualTo("on my way");
            });
            assertThat(run.records()).extracting(record -> record.key()).containsExactly("alert-1", "m1");
            assertThat(letters(run)).isEmpty();
        }
    }

    /** That of docs/actions.md as it stands but for the port. */
    @Test
    void shouldRunAsDocumented() throws Exception {
        var page = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "actions.md")));
        assertThat(page.find()).isTrue();
        var config = new ObjectMapper().readValue(page.group(1), new TypeReference<Map<String, String>>() {});
        assertThat(config.get("connector.class")).isEqualTo(MqttDeskSourceConnector.class.getName());
        config.put(MqttSettings.PORT, Integer.toString(broker.port()));
        var connector = new MqttDeskSourceConnector();
        assertThat(connector.validate(config).configValues())
                .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
        publish(EVENT.formatted("alert-1").getBytes(StandardCharsets.UTF_8), true);
        connector.start(config);
        try (var run =
                new TaskRun(new MqttDeskSourceTask(), connector.taskConfigs(1).get(0), offsets)) {
            run.take(1);
            assertThat(events(run))
                    .extracting(event -> event.getString("record"))
                    .containsExactly("alert-1");
        }
    }

    @Test
    void shouldGiveAMessageThatComesAgainTheSameIdAndLoseNoneWhenItIsKilled() throws Exception {
        String id;
        try (var killed = subscribed()) {
            publish(EVENT.formatted("alert-1"));
            untilOneMore(killed);
            id = events(killed).get(0).getString("id");
        }
        publish(EVENT.formatted("alert-2"));
        try (var again = run()) {
            again.take(2);
            assertThat(events(again))
                    .extracting(event -> event.getString("record"))
                    .containsExactly("alert-1", "alert-2");
            assertThat(events(again).get(0).getString("id")).isEqualTo(id);
            assertThat(events(again).get(1).getString("id")).isNotEqualTo(id);
            again.commit(2);
        }
        try (var third = run()) {
            publish(EVENT.formatted("alert-3"));
            third.take(1);
            assertThat(events(third))
                    .extracting(event -> event.getString("record"))
                    .containsExactly("alert-3");
        }
    }

    @Test
    void shouldGoOnAfterTheBrokerWasKilled() throws Exception {
        try (var run = subscribed()) {
            broker.restart();
            publish(EVENT.formatted("alert-1"));
            untilOneMore(run);
            assertThat(events(run))
                    .extracting(event -> event.getString("record"))
                    .containsExactly("alert-1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ok | no JSON",
                "[] | allowed is one JSON object",
                "{} | record of 0 characters",
                "{\"record\":\"a\"} | stream of 0 characters",
                "{\"record\":{\"$ne\":1},\"stream\":\"mail\"} | record: allowed is text",
                "{\"record\":\"a\",\"stream\":\"mail\"} {\"record\":\"b\",\"stream\":\"mail\"} | no JSON",
                "{\"record\":\"a\",\"stream\":\"mail\",\"type\":\"DELETE\"} | type 'DELETE': allowed is one of CLAIMED",
                "{\"record\":\"a\",\"stream\":\"mail\",\"at\":\"+999999999-12-31T23:59:59Z\"} | at +999999999",
                "{\"record\":\"a\",\"stream\":\"mail\",\"at\":\"-999999999-01-01T00:00:00Z\"} | at -999999999",
                "{\"recrod\":\"a\"} | recrod: there is no such field",
                "{\"acknowledge\":\"https://vorrang.example.org/acknowledge?record=a\"} | acknowledge: there is no such field",
                "[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]] | nesting depth",
            })
    void shouldBuryAHostilePayloadAndGoOn(String payload, String problem) throws Exception {
        try (var run = subscribed()) {
            publish(payload, EVENT.formatted("alert-1"));
            run.take(run.taken() + 2);

            assertThat(letters(run)).singleElement().satisfies(letter -> {
                assertThat(letter.getString("message")).contains(problem);
                assertThat(letter.getStruct("position").getString("topic"))
                        .isEqualTo("mqtt://127.0.0.1:" + broker.port() + "/" + TOPIC);
                assertThat(letter.get("value")).isEqualTo(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)));
            });
            assertThat(events(run))
                    .extracting(event -> event.getString("record"))
                    .containsExactly("alert-1");
        }
    }

    @Test
    void shouldBuryBytesThatAreNoTextAndPassOverEmptyMessages() throws Exception {
        try (var run = subscribed()) {
            publish(new byte[] {(byte) 0xff, 0, (byte) 0xfe}, false);
            publish(new byte[0], true);
            publish(EVENT.formatted(new String(new char[600]).replace('\0', 'x')));
            publish(EVENT.formatted("alert-1"));
            run.take(run.taken() + 3);

            assertThat(letters(run)).hasSize(2);
            assertThat(letters(run).get(1).getString("message")).contains("record of 600 characters");
            assertThat(events(run)).hasSize(1);
        }
    }

    @Test
    void shouldTakeALinkAloneIfItIsAskedTo() throws Exception {
        var action = action("alert-1");
        var link = link(action, SECRET);
        try (var run = run(DeskSettings.ACCEPT, "links", DeskSettings.LINK_SECRET, SECRET)) {
            while (run.taken() == 0) {
                publish(EVENT.formatted("forged"));
                run.poll();
            }
            publish(
                    "{\"acknowledge\":\"" + link + "\",\"who\":\"anna\"}",
                    "{\"acknowledge\":\"" + link + "\"}",
                    "{\"acknowledge\":\"" + link.replace("alert-1", "alert-2") + "\"}",
                    "{\"acknowledge\":\"" + link(action, "another secret") + "\"}",
                    "{\"acknowledge\":\"" + link + "\",\"record\":\"alert-2\"}");
            while (events(run).size() < 2 || letters(run).size() < 4) {
                run.poll();
            }
            assertThat(events(run))
                    .allSatisfy(event -> assertThat(event.getString("record")).isEqualTo("alert-1"))
                    .extracting(event -> event.getString("who"))
                    .containsExactly("anna", "mqtt");
            assertThat(events(run).get(0).getString("id"))
                    .isEqualTo(events(run).get(1).getString("id"));
            assertThat(letters(run))
                    .extracting(letter -> letter.getString("message"))
                    .allMatch(message -> message.startsWith("acknowledge is missing: allowed is the link")
                            || message.startsWith("acknowledge: allowed is the link")
                            || message.startsWith("record: there is no such field"))
                    .noneMatch(message -> message.contains(SECRET));
        }
    }

    private static Action action(String record) {
        return TestActions.builder(1)
                .setRecord(record)
                .setCreatedAt(Instant.now())
                .build();
    }

    private static String link(Action action, String secret) {
        return new AcknowledgeLink(secret.getBytes(StandardCharsets.UTF_8), Clock.systemUTC())
                .of(action, URI.create("https://vorrang.example.org"), Duration.ofDays(7));
    }

    @Test
    void shouldReadTheSecretFromAFileAndNameWhatIsMissing() throws Exception {
        var file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        try (var run = subscribed(DeskSettings.LINK_SECRET_FILE, file.toString())) {
            publish("{\"acknowledge\":\"" + link(action("alert-1"), SECRET) + "\"}");
            untilOneMore(run);
            assertThat(events(run))
                    .extracting(event -> event.getString("record"))
                    .containsExactly("alert-1");
        }
        assertThatThrownBy(() -> run(DeskSettings.ACCEPT, "links"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("desk.link.secret is missing")
                .hasMessageContaining("actions.acknowledge.url");
        assertThatThrownBy(() -> run(MqttSettings.FILTERS, "plant/#/x"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("topic filters");
    }
}
