package dev.vorrang.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vorrang.connectors.TaskRun;
import dev.vorrang.connectors.imap.ConnectProcess;
import dev.vorrang.connectors.imap.DovecotServer;
import dev.vorrang.connectors.imap.ImapSettings;
import dev.vorrang.connectors.imap.ImapSourceTask;
import dev.vorrang.connectors.imap.TestMails;
import dev.vorrang.connectors.mqtt.MosquittoBroker;
import dev.vorrang.connectors.mqtt.MqttSettings;
import dev.vorrang.connectors.sink.http.HttpFormat;
import dev.vorrang.connectors.sink.http.HttpSinkConnector;
import dev.vorrang.connectors.sink.http.HttpSinkSettings;
import dev.vorrang.connectors.sink.http.WebhookServer;
import dev.vorrang.connectors.sink.imap.Mailbox;
import dev.vorrang.connectors.sink.mail.MailSinkSettings;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.Action;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive's sinks in a worker that knows nothing of this project, killed and started again, with the configurations of
 * docs/sinks as they stand but for addresses. Formats of vendors meet servers that refuse what the vendors document as wrong.
 */
class SinkArchiveIT {

    private static final Pattern JSON_BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final int ACTIONS = 60;
    /** Fewer mails: by default one is sent in a second. */
    private static final int MAILED = 30;

    private static final List<String> DOCUMENTED = List.of(
            "chat",
            "teams",
            "mattermost",
            "pagerduty",
            "opsgenie",
            "zammad",
            "jira",
            "webhook",
            "lamp",
            "people",
            "mailbox");

    @TempDir
    Path folder;

    @TempDir
    Path mailFolder;

    @Test
    void shouldLoseNothingWhenTheWorkerIsKilledAndBuryWhatIsRefused() throws Exception {
        var plugins = ConnectProcess.plugins(folder);
        var people = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        people.start();
        try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                var registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
                var topics = new ActionTopics(
                        kafka.bootstrapServers(), registry.url().toString());
                var vendors = new Vendors();
                var broker = MosquittoBroker.open(folder);
                var mailbox = DovecotServer.start(mailFolder)) {
            var chat = vendors.of("chat");
            topics.make(DOCUMENTED.toArray(String[]::new));
            var lamps = lamps(broker.port());
            var mails = mails(mailbox);
            var refused = TestActions.builder(999)
                    .setTitle("No lamp")
                    .setRecordKey("")
                    .build();
            for (var sink : DOCUMENTED) {
                topics.send(
                        sink,
                        switch (sink) {
                            case "mailbox" -> mails;
                            case "people" -> actions().subList(0, MAILED);
                            default -> actions();
                        });
            }
            topics.send("lamp", List.of(refused));
            var configs = configs(registry.url().toString(), vendors, broker.port(), people, mailbox);
            try (var worker = ConnectProcess.start(folder, plugins, kafka.bootstrapServers())) {
                assertThat(worker.get("/connector-plugins")).contains(HttpSinkConnector.class.getName());
                configs.forEach(worker::put);
                await("some of each").atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                    assertThat(chat.ids()).hasSizeGreaterThan(5);
                    assertThat(lamps).hasSizeGreaterThan(5);
                    assertThat(people.getReceivedMessages()).hasSizeGreaterThan(3);
                    assertThat(in(mailbox, "Outages")).hasSizeGreaterThan(5);
                });
                worker.kill();
            }
            assertThat(people.getReceivedMessages()).hasSizeLessThan(MAILED);
            try (var worker = ConnectProcess.start(folder, plugins, kafka.bootstrapServers())) {
                var ids = actions().stream().map(Action::getId).collect(Collectors.toSet());
                await("all of each").atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
                    assertThat(vendors.ids())
                            .hasSameSizeAs(HttpFormat.values())
                            .allSatisfy((name, got) -> assertThat(got).as(name).isEqualTo(ids));
                    assertThat(Set.copyOf(lamps)).hasSize(ACTIONS);
                    assertThat(messageIds(people)).hasSize(MAILED);
                    assertThat(in(mailbox, "Outages")).hasSize(ACTIONS);
                });
                assertThat(in(mailbox, "INBOX")).isEmpty();
                assertThat(in(mailbox, "Outages")).doesNotHaveDuplicates().allMatch(mail -> mail.endsWith(" $Urgent"));
                for (var name : configs.keySet()) {
                    assertThat(worker.get("/connectors/" + name + "/status"))
                            .contains("RUNNING")
                            .doesNotContain("FAILED");
                }
                assertThat(topics.letters(1)).allSatisfy((id, cause) -> {
                    assertThat(id).isEqualTo(refused.getId());
                    assertThat(cause).contains("plant//lamp");
                });
            }
        } finally {
            people.stop();
        }
    }

    private static List<Action> actions() {
        return IntStream.range(0, ACTIONS).mapToObj(TestActions::action).toList();
    }

    /** The blocks of the pages, by the name of their topic. */
    private static Map<String, Map<String, String>> documented() throws IOException {
        var blocks = new HashMap<String, Map<String, String>>();
        try (var pages = Files.list(Path.of("..", "docs", "sinks"))) {
            for (var page : pages.toList()) {
                var block = JSON_BLOCK.matcher(Files.readString(page));
                assertThat(block.find()).as(page + " has a configuration").isTrue();
                var config = new ObjectMapper().readValue(block.group(1), new TypeReference<Map<String, String>>() {});
                blocks.put(config.get("topics").replace("actions.", ""), config);
            }
        }
        return blocks;
    }

    private static Map<String, Map<String, String>> configs(
            String registry, Vendors vendors, int broker, GreenMail people, DovecotServer mailbox) throws IOException {
        var configs = documented();
        assertThat(configs).containsOnlyKeys(DOCUMENTED);
        configs.values().forEach(config -> config.put("value.converter.schema.registry.url", registry));
        vendors.servers.forEach((name, server) -> {
            configs.get(name).put(HttpSinkSettings.URL, "http://127.0.0.1:" + server.port() + "/path?sig=XXXX");
            configs.get(name).put(HttpSinkSettings.SECURITY, "none");
        });
        configs.get("lamp").put(MqttSettings.PORT, Integer.toString(broker));
        configs.get("people")
                .put(MailSinkSettings.PORT, Integer.toString(people.getSmtp().getPort()));
        configs.get("mailbox").put(ImapSettings.PORT, Integer.toString(mailbox.port()));
        return configs;
    }

    /** A server for each format, by the name of its sink. */
    private static final class Vendors implements AutoCloseable {

        private final Map<String, WebhookServer> servers = new HashMap<>();

        Vendors() throws IOException {
            for (var format : HttpFormat.values()) {
                servers.put(
                        switch (format) {
                            case SLACK -> "chat";
                            case GENERIC_JSON -> "webhook";
                            default -> format.name().toLowerCase(Locale.ROOT);
                        },
                        WebhookServer.of(format));
            }
        }

        WebhookServer of(String sink) {
            return servers.get(sink);
        }

        /** Ids of all actions that each has, doubles aside. */
        Map<String, Set<String>> ids() {
            var ids = new HashMap<String, Set<String>>();
            servers.forEach((name, server) -> ids.put(name, Set.copyOf(server.ids())));
            return ids;
        }

        @Override
        public void close() {
            servers.values().forEach(WebhookServer::close);
        }
    }

    private static List<String> lamps(int port) {
        var topics = new CopyOnWriteArrayList<String>();
        var client =
                Mqtt5Client.builder().serverHost("localhost").serverPort(port).buildBlocking();
        client.toAsync()
                .publishes(
                        MqttGlobalPublishFilter.ALL,
                        publish -> topics.add(publish.getTopic().toString()));
        client.connect();
        client.subscribeWith().topicFilter("plant/+/lamp").send();
        return topics;
    }

    /** Puts mails into the mailbox, and makes an action of each as the source read it. */
    private static List<Action> mails(DovecotServer mailbox) throws IOException, InterruptedException {
        for (int i = 0; i < ACTIONS; i++) {
            mailbox.deliver(TestMails.mail("Order " + i, "Number " + i));
        }
        var actions = new ArrayList<Action>();
        try (var source = new TaskRun(new ImapSourceTask(), mailbox.settings("1000"), new HashMap<>())) {
            source.take(ACTIONS);
            for (var record : source.records()) {
                var mail = (Struct) record.value();
                actions.add(TestActions.builder(actions.size())
                        .setRecord(mail.getString("id"))
                        .setLink(mail.getString("source"))
                        .setTime(((Date) mail.get("receivedAt")).toInstant())
                        .setFields(Map.of("queues", "outage"))
                        .build());
            }
        }
        return actions;
    }

    private static List<String> in(DovecotServer server, String name) throws MessagingException {
        try (var mailbox = new Mailbox(server)) {
            return mailbox.mails(name);
        }
    }

    private static Set<String> messageIds(GreenMail people) {
        return Arrays.stream(people.getReceivedMessages())
                .map(SinkArchiveIT::messageId)
                .collect(Collectors.toSet());
    }

    private static String messageId(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
