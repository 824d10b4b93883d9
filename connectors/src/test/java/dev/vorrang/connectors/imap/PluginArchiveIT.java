package dev.vorrang.connectors.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive as users get it, in a worker that knows nothing of this project, killed and started again. */
class PluginArchiveIT {

    private static final String TOPIC = "mail.received";

    @TempDir
    Path folder;

    @Test
    void shouldLoadFromTheArchiveAndLoseNothingWhenTheWorkerIsKilled() throws Exception {
        var plugins = ConnectProcess.plugins(folder);
        var mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        mailbox.start();
        try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                var registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0)) {
            makeTopic(kafka.bootstrapServers());
            var config = config(mailbox, registry.url().toString());
            deliver(mailbox, 1, 300);
            try (var received =
                    new Received(kafka.bootstrapServers(), registry.url().toString())) {
                try (var worker = ConnectProcess.start(folder, plugins, kafka.bootstrapServers())) {
                    assertThat(worker.get("/connector-plugins")).contains(ImapSourceConnector.class.getName());
                    worker.put("mailbox", config);
                    received.await(100);
                    worker.kill();
                }
                deliver(mailbox, 301, 400);
                try (var worker = ConnectProcess.start(folder, plugins, kafka.bootstrapServers())) {
                    // Its REST answers before it has read back what it was told.
                    org.awaitility.Awaitility.await("the connector that the killed worker had")
                            .atMost(Duration.ofMinutes(1))
                            .untilAsserted(
                                    () -> assertThat(worker.get("/connectors")).contains("mailbox"));
                    received.await(400);
                }
                assertThat(received.subjects.keySet())
                        .isEqualTo(Set.copyOf(IntStream.rangeClosed(1, 400)
                                .mapToObj(i -> "Order " + i)
                                .toList()));
                assertThat(received.subjects.values()).doesNotHaveDuplicates();
            }
        } finally {
            mailbox.stop();
        }
    }

    private static Map<String, String> config(GreenMail mailbox, String registry) {
        var config = new HashMap<String, String>();
        config.put("connector.class", ImapSourceConnector.class.getName());
        config.put("tasks.max", "1");
        config.put(ImapSettings.TOPIC, TOPIC);
        config.put(ImapSettings.HOST, "127.0.0.1");
        config.put(ImapSettings.PORT, Integer.toString(mailbox.getImap().getPort()));
        config.put(ImapSettings.SECURITY, "none");
        config.put(ImapSettings.LOGIN.user(), "anna");
        config.put(ImapSettings.LOGIN.password(), "secret");
        config.put(ImapSettings.POLL_INTERVAL_MS, "1000");
        config.put(ImapSettings.BATCH_SIZE, "20");
        config.put("value.converter", "dev.vorrang.connectors.avro.AvroConverter");
        config.put("value.converter.schema.registry.url", registry);
        config.put("errors.retry.timeout", "-1");
        return config;
    }

    private static void deliver(GreenMail mailbox, int first, int last) {
        var user = mailbox.setUser("anna@example.com", "anna", "secret");
        for (int i = first; i <= last; i++) {
            user.deliver(GreenMailUtil.newMimeMessage(TestMails.mail(i).replace("\n", "\r\n")));
        }
    }

    private static void makeTopic(String bootstrapServers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    /** What came, subject to id; a mail that came twice must have come with the same id. */
    private static final class Received implements AutoCloseable {

        private final Map<String, String> subjects = new HashMap<>();
        private final ConfluentSchemaRegistry registry;
        private final KafkaConsumer<String, EmailMessage> consumer;

        Received(String bootstrapServers, String registryUrl) {
            registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", registryUrl));
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", bootstrapServers),
                    new StringDeserializer(),
                    new AvroSerdes(registry)
                            .valueSerde(new Topics("").mailReceived())
                            .deserializer());
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
        }

        void await(int count) {
            org.awaitility.Awaitility.await("mails")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                            var mail = record.value();
                            assertThat(record.key()).isEqualTo(mail.getThread());
                            var before = subjects.put(mail.getSubject(), mail.getId());
                            assertThat(before == null || before.equals(mail.getId()))
                                    .isTrue();
                        });
                        return subjects.size() >= count;
                    });
        }

        @Override
        public void close() {
            consumer.close();
            registry.close();
        }
    }
}
