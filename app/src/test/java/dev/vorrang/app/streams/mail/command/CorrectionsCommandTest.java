package dev.vorrang.app.streams.mail.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.vorrang.app.stream.ClusterAccess;
import dev.vorrang.app.stream.TopicWriter;
import dev.vorrang.app.streams.mail.terminal.Scores;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what people said to what a model is measured by. */
class CorrectionsCommandTest {

    private static final Topics TOPICS = new Topics("");
    private static final String SHIPPED = "../models/mail-triage/3";
    private static final String STRANGE = "=1+1, \"quoted\"\nPlease send the invoice again, I was charged twice";

    @TempDir
    private Path folder;

    private StringWriter output;
    private StringWriter errors;

    @BeforeEach
    void begin() {
        output = new StringWriter();
        errors = new StringWriter();
    }

    @Test
    void shouldExportWhatPeopleCorrected() throws Exception {
        Path out = folder.resolve("corrections.csv");
        try (var broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
                var cluster = ClusterAccess.of(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        Map.of("schema.registry.url", registry.url().toString()))) {
            create(broker.bootstrapServers());
            send(
                    cluster,
                    TOPICS.mailReceived(),
                    List.of(mail("a", STRANGE), mail("b", "Thanks, all is well"), mail("c", "Nobody looked at it")));
            send(
                    cluster,
                    TOPICS.mailScored(),
                    List.of(
                            score("a", 0, "outage"),
                            score("b", 1, "outage"),
                            score("c", 2, "outage"),
                            // Its mail is not there any more.
                            score("d", 40, "outage")));
            send(
                    cluster,
                    TOPICS.deskEvents(),
                    List.of(
                            corrected("1", "a", "anna", 1, Map.of("topic", "order", "queue", "sales")),
                            corrected("2", "a", "bert", 2, Map.of("topic", "billing", "priority", "LOW")),
                            corrected("2", "a", "bert", 2, Map.of("topic", "the same event again")),
                            corrected("3", "b", "anna", 3, Map.of("sentiment", "positive")),
                            corrected("4", "d", "anna", 4, Map.of("topic", "billing")),
                            DeskEvent.newBuilder(corrected("5", "c", "anna", 5, Map.of("state", "normal")))
                                    .setStream("machine")
                                    .build(),
                            DeskEvent.newBuilder(corrected("6", "c", "anna", 6, Map.of()))
                                    .setType(DeskEventType.DONE)
                                    .build()));
            String config = Files.writeString(
                            folder.resolve("vorrang.yaml"),
                            "data: %s\nkafka: {port: %d}\nregistry: {port: %d}\ningest: {mode: external}"
                                    .formatted(
                                            folder,
                                            broker.port(),
                                            registry.url().getPort()))
                    .toString();

            assertThat(call("corrections", "export", "--config", config, "--out", out.toString()))
                    .as(errors.toString())
                    .isZero();
        }
        assertThat(output.toString()).contains("2 corrected mails are in " + out);
        assertThat(errors.toString()).contains("1 corrected mails are left out");
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(out)) {
            List<Map<String, String>> rows =
                    csv.stream().map(NamedCsvRecord::getFieldsAsMap).toList();
            assertThat(rows).extracting(row -> row.get("mail")).containsExactly("a", "b");
            assertThat(rows.get(0))
                    .containsEntry("body", STRANGE)
                    .containsEntry("topic", "billing")
                    .containsEntry("sentiment", "")
                    .containsEntry("priority", "LOW")
                    .containsEntry("queue", "sales")
                    .containsEntry("scoredTopic", "outage")
                    .containsEntry("scoredPriority", "HIGH")
                    .containsEntry("scoredQueues", "it;urgent")
                    .containsEntry("model", "mail-triage/1")
                    .containsEntry("who", "bert")
                    .containsEntry("at", Scores.NOW.plusSeconds(2).toString());
        }

        shouldMeasure(out);
    }

    private void shouldMeasure(Path corrections) throws Exception {
        begin();

        assertThat(call("evaluate", "mail", "--model", SHIPPED, "--corrections", corrections.toString(), "--json", "-"))
                .as(errors.toString())
                .isZero();

        JsonNode figures = new ObjectMapper().readTree(output.toString());
        assertThat(figures.get("scoredBy").asText()).isEqualTo("mail-triage/1 (2)");
        assertThat(figures.at("/topic/figures/accuracy").asDouble()).isEqualTo(1);
        JsonNode topic = figures.at("/correctedFields/topic");
        assertThat(topic.get("mails").asInt()).isEqualTo(2);
        assertThat(topic.get("scored").asDouble()).isEqualTo(0.5);
        assertThat(topic.get("corrected").asInt()).isEqualTo(1);
        assertThat(topic.get("now right").asDouble()).isEqualTo(1);
        // The policy gives it, no model.
        assertThat(figures.at("/correctedFields/priority/now").isNull()).isTrue();
        assertThat(figures.at("/corrections/pairs/topic: outage → billing/mails")
                        .asInt())
                .isEqualTo(1);
        assertThat(output.toString()).doesNotContain("charged twice");
    }

    @Test
    void shouldSayWhichTopicIsMissing() throws Exception {
        try (var broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            String config = Files.writeString(
                            folder.resolve("vorrang.yaml"),
                            "data: %s\nkafka: {port: %d}\nregistry: {port: %d}\ningest: {mode: external}"
                                    .formatted(
                                            folder,
                                            broker.port(),
                                            registry.url().getPort()))
                    .toString();

            assertThat(call("corrections", "export", "--config", config, "--out", folder + "/out.csv"))
                    .isEqualTo(1);
        }
        assertThat(errors.toString()).contains("desk.events").hasLineCount(1);
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void shouldAskForMails() {
        assertThat(call("evaluate", "mail", "--model", SHIPPED)).isEqualTo(2);

        assertThat(errors.toString()).contains("--data, --corrections");
    }

    private static void create(String bootstrap) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(Stream.of(TOPICS.mailReceived(), TOPICS.mailScored(), TOPICS.deskEvents())
                            .map(topic -> new NewTopic(topic.name(), 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static <V extends SpecificRecord> void send(ClusterAccess cluster, Topic<V> topic, List<V> values) {
        try (var writer = TopicWriter.open(cluster, topic)) {
            values.forEach(value -> writer.send("key", value));
        }
    }

    private static EmailMessage mail(String id, String text) {
        return EmailMessage.newBuilder()
                .setId(id)
                .setThread(id)
                .setSource("file:/mails#1")
                .setReceivedAt(Scores.NOW)
                .setSubject("subject of " + id)
                .setText(text)
                .build();
    }

    private static MailScore score(String id, long offset, String topic) {
        return MailScore.newBuilder(Scores.score(id, Priority.HIGH, 0.8))
                .setTopic(topic)
                .setQueues(List.of("it", "urgent"))
                .setPosition(new Position("mail.received", 0, offset))
                .build();
    }

    private static DeskEvent corrected(
            String id, String mail, String who, long second, Map<String, String> corrections) {
        return DeskEvent.newBuilder()
                .setId(id)
                .setRecord(mail)
                .setStream("mail")
                .setType(DeskEventType.CORRECTED)
                .setWho(who)
                .setChannel("console")
                .setAt(Scores.NOW.plus(Duration.ofSeconds(second)))
                .setCorrections(corrections)
                .build();
    }

    private int call(String... arguments) {
        return Calls.run(output, errors, arguments);
    }
}
