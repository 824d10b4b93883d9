package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say of machines, by commands beside a broker that runs. */
class MachineMarksTest {

    private static final Topics TOPICS = new Topics("");
    private static final String ID = "0123456789abcdef0123456789abcdef";

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldWriteWhatIsSaidOfMachines() throws Exception {
        try (var broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Stream.of(TOPICS.machineAccepted(), TOPICS.machineMaintenance())
                            .map(topic -> new NewTopic(topic.name(), 1, (short) 1))
                            .toList())
                    .all()
                    .get();
            String config = write("data: %s\nkafka: {port: %d}\nregistry: {port: %d}\ningest: {mode: external}"
                    .formatted(folder, broker.port(), registry.url().getPort()));

            assertThat(call("accept", config, "--machine", "press-1", "--by", "anna", "--reason", "new mould"))
                    .as(errors.toString())
                    .isZero();
            assertThat(call("accept", config, "--machine", "press-2", "--alert", ID))
                    .isZero();
            assertThat(call("maintenance", config, "--machine", "press-1", "--until", "2100-01-01T00:00:00Z"))
                    .isZero();

            String url = registry.url().toString();
            assertThat(TopicReader.all(broker.bootstrapServers(), url, TOPICS.machineAccepted()))
                    .satisfiesExactly(
                            all -> {
                                assertThat(all.getMachine()).isEqualTo("press-1");
                                assertThat(all.getAlert()).isNull();
                                assertThat(all.getBy()).isEqualTo("anna");
                                assertThat(all.getReason()).isEqualTo("new mould");
                            },
                            one -> {
                                assertThat(one.getAlert()).isEqualTo(ID);
                                assertThat(one.getBy()).isEqualTo(System.getProperty("user.name"));
                            });
            assertThat(TopicReader.all(broker.bootstrapServers(), url, TOPICS.machineMaintenance()))
                    .extracting(mark -> mark.getUntil().toString())
                    .containsExactly("2100-01-01T00:00:00Z");
        }
        assertThat(output.toString())
                .contains("all open alerts of press-1 accepted as normal by anna", "alert " + ID + " of press-2");
    }

    @Test
    void shouldRefuseWhatIsNoIdOfAnAlert() throws IOException {
        assertThat(call("accept", write("ingest: {mode: external}"), "--machine", "press-1", "--alert", "pressure"))
                .isEqualTo(2);

        assertThat(errors.toString())
                .contains("--alert pressure", "32 hex digits")
                .hasLineCount(1);
    }

    private String write(String settings) throws IOException {
        return Files.writeString(folder.resolve("vorrang.yaml"), settings).toString();
    }

    private int call(String command, String config, String... more) {
        var arguments = Stream.concat(Stream.of(command, "--config", config), Stream.of(more))
                .toArray(String[]::new);
        return Main.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
