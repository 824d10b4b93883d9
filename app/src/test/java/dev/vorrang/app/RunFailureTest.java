package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vorrang.app.program.DataFolder;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code vorrang run} does when something it needs is not there, goes away, or is damaged. */
class RunFailureTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String ADDRESS = "service@nordkuehl.example";
    private static final Topics TOPICS = new Topics("");

    @TempDir
    Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS)
    });

    @BeforeEach
    void start() {
        server.start();
        server.setUser(ADDRESS, "service", "secret");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void shouldWaitForBrokerAndRegistryAndLoseNothingWhileTheBrokerIsDown() throws Exception {
        int brokerPort = PlantTraffic.freePort();
        int registryPort = PlantTraffic.freePort();
        var config = config("""
                kafka: {mode: external, bootstrap-servers: "127.0.0.1:%d"}
                registry: {mode: external, url: "http://127.0.0.1:%d"}
                ingest: {mailboxes: [%s]}
                """.formatted(brokerPort, registryPort, mailbox("desk", "")));
        deliver(0, 20);

        var kafka = folder.resolve("kafka");
        try (var run = run(config)) {
            awaitTold(run, "the broker at 127.0.0.1:" + brokerPort + " gives no answer; trying again");
            var broker = EmbeddedKafka.start(kafka, brokerPort);
            awaitTold(run, "http://127.0.0.1:" + registryPort);
            try (var registry = EmbeddedRegistry.start(broker.bootstrapServers(), registryPort)) {
                awaitTold(run, "ready");
                awaitScores(broker, registry, 20);

                broker.close();
                deliver(20, 40);
                awaitTold(run, "trying again", "ready");
                broker = EmbeddedKafka.start(kafka, brokerPort);
                deliver(40, 60);
                awaitScores(broker, registry, 60);
                awaitTold(run, "all is well again", "ready");
                assertThat(TopicReader.all(
                                broker.bootstrapServers(), registry.url().toString(), TOPICS.mailDeadLetters()))
                        .isEmpty();
                run.signal("TERM");
                assertThat(run.exitCode(LIMIT)).isEqualTo(143);
            } finally {
                broker.close();
            }
        }
    }

    @Test
    void shouldReadOneMailboxWhileOthersFailAndScoringRunsElsewhere() throws Exception {
        var config = config("""
                kafka: {port: 0}
                registry: {port: 0}
                streams: {mail: {enabled: false}}
                logging: {level: error, loggers: {org.apache.kafka: debug}}
                ingest: {mailboxes: [%s, %s, %s]}
                """.formatted(
                        mailbox("desk", ", start: new"),
                        mailbox("untrusted", ", security: tls")
                                .replace("security: none, ", "")
                                .replace(
                                        "port: " + server.getImap().getPort(),
                                        "port: " + server.getImaps().getPort()),
                        mailbox("absent", ", folders: [Complaints]")));
        deliver(0, 3);

        try (var run = run(config)) {
            awaitTold(run, "mailbox untrusted: ");
            awaitTold(run, "mailbox absent: ");
            assertThat(run.err())
                    .contains("no trusted TLS connection", "Complaints")
                    .doesNotContain("\tat ", "secret");
            var data = folder.resolve("data");
            waiting().untilAsserted(() -> assertThat(
                            TopicReader.ends(data, TOPICS.mailStarts().name()))
                    .isEqualTo(1));

            deliver(3, 6);
            waiting().untilAsserted(() -> assertThat(TopicReader.all(data, TOPICS.mailReceived()))
                    .extracting(EmailMessage::getSubject)
                    .containsExactlyInAnyOrder("Order 3", "Order 4", "Order 5"));
            assertThat(TopicReader.all(data, TOPICS.mailScored())).isEmpty();
            assertThat(Files.readString(folder.resolve("data/log/vorrang.log")))
                    .contains("DEBUG", "o.a.k.")
                    .doesNotContain("INFO  [main] d.v.");
        }
    }

    @Test
    void shouldRefuseADamagedModelInOneLine() throws Exception {
        var model = folder.resolve("model");
        copy(Path.of("../models/mail-triage/3"), model);
        var weights = model.resolve("variables/variables.data-00000-of-00001");
        try (var file = FileChannel.open(weights, StandardOpenOption.WRITE)) {
            file.truncate(Files.size(weights) / 2);
        }
        assertThat(refusal("streams: {mail: {models: [{folder: %s}]}}".formatted(model)))
                .contains("variables.data-00000-of-00001");

        assertThat(refusal("streams: {mail: {models: [{card-sha256: %s}]}}".formatted("0".repeat(64))))
                .contains("SHA-256", "0".repeat(64));
    }

    @Test
    void shouldRefuseADataFolderThatItCannotHaveInOneLine() throws Exception {
        try (var other = DataFolder.open(folder.resolve("data"), warning -> {})) {
            assertThat(other.log().getParent()).isDirectory();
            assertThat(refusal("streams: {mail: {threads: 1}}"))
                    .contains("data: folder '" + folder.resolve("data") + "'", "in use", "set data to another");
        }
        // Nobody can write into a folder that is a file, not even who may write anywhere.
        Files.writeString(folder.resolve("file"), "");
        var config = config("ingest: {mailboxes: [%s]}".formatted(mailbox("desk", "")));
        Files.writeString(config, Files.readString(config).replace("/data", "/file/data"));
        assertThat(oneLine(config)).contains("data: folder '" + folder.resolve("file/data"), "cannot be written");
    }

    @Test
    void shouldRefuseWhatAConnectorDoesNotTakeBeforeModelsAndBrokerStart() throws Exception {
        var missing = folder.resolve("missing");
        var source = "{name: orders, connector: files, settings: {file.folder: %s}}".formatted(missing);
        var config = config("kafka: {port: 0}\nregistry: {port: 0}\ningest: {demand: [%s]}\n".formatted(source));
        try (var run = run(config)) {
            assertThat(run.exitCode(LIMIT)).as(run.err()).isEqualTo(2);
            assertThat(run.told("(?m)^(vorrang: .*)"))
                    .contains("ingest.demand orders: ", "file.folder", missing.toString());
            assertThat(run.err()).doesNotContainPattern("(?m)^  (model|broker) ");
        }
    }

    @Test
    void shouldRefuseTakenPortsBeforeModelsAndBrokerStart() throws Exception {
        try (var broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var registry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var metrics = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = config("kafka: {port: %d}\nregistry: {port: %d}\ningest: {mailboxes: [%s]}\n"
                    .formatted(broker.getLocalPort(), registry.getLocalPort(), mailbox("desk", "")));
            Files.writeString(config, Files.readString(config).replace("port: 0", "port: " + metrics.getLocalPort()));

            assertThat(oneLine(config))
                    .contains("port " + broker.getLocalPort(), "set kafka.port to another")
                    .contains("port " + registry.getLocalPort(), "set registry.port to another")
                    .contains("port " + metrics.getLocalPort(), "set metrics.port to another");
        }
    }

    /** What a full disk does to a broker, without one: a write that is refused. */
    @Test
    void shouldEndInOneLineWhenTheBrokerCannotWriteAnyMore() throws Exception {
        var config = config(
                "kafka: {port: 0}\nregistry: {port: 0}\nstreams: {mail: {enabled: false}}\ningest: {mailboxes: [%s]}\n"
                        .formatted(mailbox("desk", "")));
        // Kafka makes indexes of 10 MiB at once; the log of a partition meets the limit after that.
        try (var run = VorrangProcess.startWithFilesUpTo(11 << 20, folder, "run", "--config", config.toString())) {
            awaitTold(run, "ready");
            var client = new HashMap<String, Object>(TopicReader.client(folder.resolve("data")));
            client.put("max.block.ms", "1000");
            var noise = new byte[500_000];
            new Random(1).nextBytes(noise);
            try (var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
                waiting().pollInterval(Duration.ofMillis(20)).until(() -> {
                    producer.send(new ProducerRecord<>(TOPICS.mailReceived().name(), 0, null, noise));
                    return !run.runs();
                });
                producer.close(Duration.ZERO);
            }
            assertThat(run.exitCode(LIMIT)).as(run.err()).isEqualTo(1);
            assertThat(run.told("(?m)^(vorrang: .*)"))
                    .contains(folder.resolve("data").toString(), "File too large", "Free some space", "set data to it")
                    .doesNotContain("Exception");
            assertThat(run.err().lines().filter(line -> line.startsWith("vorrang: ")))
                    .hasSize(1);
        }
    }

    private String refusal(String settings) throws Exception {
        return oneLine(config("kafka: {port: 0}\nregistry: {port: 0}\ningest: {mailboxes: [%s]}\n%s\n"
                .formatted(mailbox("desk", ""), settings)));
    }

    /** The line that a run which cannot start says why in. */
    private String oneLine(Path config) throws Exception {
        try (var run = run(config)) {
            assertThat(run.exitCode(LIMIT)).as(run.err()).isEqualTo(1);
            assertThat(run.err().lines().filter(line -> line.startsWith("vorrang: ")))
                    .hasSize(1);
            assertThat(run.err()).doesNotContain("\tat ", "secret", "Exception");
            return run.told("(?m)^(vorrang: .*)");
        }
    }

    private VorrangProcess run(Path config) throws IOException {
        return VorrangProcess.start(folder, "run", "--config", config.toString());
    }

    /** Heedless of the mail server's threads, which take a connection that is refused for an error of theirs. */
    private static ConditionFactory waiting() {
        return await().dontCatchUncaughtExceptions().atMost(LIMIT);
    }

    private static void awaitTold(VorrangProcess run, String text) {
        awaitTold(run, text, "");
    }

    private static void awaitTold(VorrangProcess run, String text, String after) {
        waiting().until(() -> said(run, after).contains(text) || !run.runs());
        assertThat(said(run, after)).contains(text);
    }

    private static String said(VorrangProcess run, String after) {
        var all = run.err();
        return all.substring(Math.max(0, all.indexOf(after)));
    }

    private static void awaitScores(EmbeddedKafka broker, EmbeddedRegistry registry, int number) {
        waiting().ignoreExceptions().untilAsserted(() -> assertThat(TopicReader.all(
                        broker.bootstrapServers(), registry.url().toString(), TOPICS.mailScored()))
                .extracting(MailScore::getId)
                .hasSize(number)
                .doesNotHaveDuplicates());
    }

    private Path config(String settings) throws IOException {
        var file = folder.resolve("vorrang.yaml");
        Files.writeString(
                file,
                "data: %s\nmetrics: {port: 0}\nconsole: {port: 0}\n%s".formatted(folder.resolve("data"), settings));
        return file;
    }

    private String mailbox(String name, String more) {
        return "{name: %s, host: 127.0.0.1, security: none, port: %d, user: service, password: secret%s}"
                .formatted(name, server.getImap().getPort(), more);
    }

    private void deliver(int from, int to) {
        var user = server.getUserManager().getUserByEmail(ADDRESS);
        for (int i = from; i < to; i++) {
            user.deliver(GreenMailUtil.createTextEmail(
                    ADDRESS,
                    "customer" + i + "@customer.example",
                    "Order " + i,
                    "Where is my order number " + i + "?",
                    server.getImap().getServerSetup()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
