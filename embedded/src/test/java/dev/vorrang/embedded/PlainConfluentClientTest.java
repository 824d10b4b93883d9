package dev.vorrang.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs can read every topic: broker and registry of ours, client and process of theirs. */
class PlainConfluentClientTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final Position POSITION = new Position("mail.received", 0, 1L);

    @TempDir
    Path folder;

    @Test
    void shouldDecodeEveryMailTopicFromAnotherProcess() throws Exception {
        var topics = new Topics("");
        try (var kafka = EmbeddedKafka.start(folder.resolve("broker"), 0);
                var embedded = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
                var registry = ConfluentSchemaRegistry.connect(
                        Map.of("schema.registry.url", embedded.url().toString()))) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            List<Topic<?>> all = topics.mail(List.of("service", "sales"));
            try (var admin = Admin.create(client)) {
                admin.createTopics(all.stream()
                                .map(topic -> new NewTopic(topic.name(), Optional.of(2), Optional.empty())
                                        .configs(topic.config()))
                                .toList())
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            var serdes = new AvroSerdes(registry);
            send(client, serdes, topics.mailReceived(), mail());
            send(client, serdes, topics.mailScored(), score());
            send(client, serdes, topics.mailRoute("service"), score());
            send(client, serdes, topics.mailRoute("sales"), score());
            send(client, serdes, topics.mailDeadLetters(), deadLetter());

            var command = new ArrayList<>(
                    List.of(kafka.bootstrapServers(), embedded.url().toString()));
            all.forEach(topic -> command.add(topic.name()));

            String records = "dev.vorrang.schemas.";
            assertThat(run(command))
                    .containsExactlyInAnyOrder(
                            "mail.received\tthread 1\t" + records + "EmailMessage\tmail-1",
                            "mail.scored\tthread 1\t" + records + "MailScore\tmail-1",
                            "mail.route.service\tthread 1\t" + records + "MailScore\tmail-1",
                            "mail.route.sales\tthread 1\t" + records + "MailScore\tmail-1",
                            "mail.dead-letters\tthread 1\t" + records + "DeadLetter\tnicht lesbar: ü");
        }
    }

    private static <V extends SpecificRecord> void send(
            Map<String, Object> client, AvroSerdes serdes, Topic<V> topic, V value) throws Exception {
        try (var producer = new KafkaProducer<>(
                client, new StringSerializer(), serdes.valueSerde(topic).serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), "thread 1", value)).get(30, TimeUnit.SECONDS);
        }
    }

    /** Lines that the program prints, run without our classes. */
    private List<String> run(List<String> arguments) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(PlainConfluentClientTest::isNotOurs)
                .collect(Collectors.joining(File.pathSeparator));
        Path errors = folder.resolve("errors.log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                classPath,
                PlainConfluentClient.class.getName()));
        command.addAll(arguments);
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as("the program has ended")
                .isTrue();
        assertThat(process.exitValue()).as(() -> read(errors)).isZero();
        return read(output).lines().filter(line -> line.contains("\t")).toList();
    }

    /** Of ours, the program itself and the unpacked client are all it has. */
    private static boolean isNotOurs(String part) {
        Path path = Path.of(part);
        boolean own = Files.exists(path.resolve("dev/vorrang"))
                || path.getFileName().toString().startsWith("vorrang-schemas");
        return !own || Files.exists(path.resolve("dev/vorrang/embedded/PlainConfluentClient.class"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static EmailMessage mail() {
        return EmailMessage.newBuilder()
                .setId("mail-1")
                .setThread("thread 1")
                .setSource("file:/mails/1.eml")
                .setReceivedAt(NOON)
                .setFrom(List.of(new Address("Anna", "anna@example.org")))
                .setSubject("Störung")
                .build();
    }

    private static MailScore score() {
        return MailScore.newBuilder()
                .setId("mail-1")
                .setThread("thread 1")
                .setSource("file:/mails/1.eml")
                .setReceivedAt(NOON)
                .setTopics(Map.of("outage", 1f))
                .setPriority(Priority.HIGH)
                .setPriorityScore(0.7f)
                .setModel(new ModelRef("mail-triage", "1"))
                .setPosition(POSITION)
                .setScoredAt(NOON)
                .build();
    }

    private static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setPosition(POSITION)
                .setStage(Stage.DECODE)
                .setCause("WireFormatException")
                .setMessage("nicht lesbar: ü")
                .setRecordTime(NOON)
                .setFailedAt(NOON)
                .build();
    }
}
