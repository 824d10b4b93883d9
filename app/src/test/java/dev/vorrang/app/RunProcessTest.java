package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topics;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vorrang run} as a whole, against an IMAP server of its own. */
class RunProcessTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int MAILS = 120;

    @TempDir
    Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void shouldLoseNothingWhenItIsKilledInTheMiddle() throws Exception {
        server.start();
        var user = server.setUser("service@nordkuehl.example", "service", "secret");
        var config = config(server.getImap().getPort(), "secret", PlantTraffic.freePort(), PlantTraffic.freePort());
        for (int i = 0; i < MAILS / 2; i++) {
            user.deliver(mail(i));
        }
        try (var run = VorrangProcess.start(folder, "run", "--config", config.toString())) {
            awaitTold(run, "ready");
            for (int i = MAILS / 2; i < MAILS; i++) {
                user.deliver(mail(i));
            }
            run.signal("KILL");
            run.exitCode(LIMIT);
        }
        // The folder is the program's for temporary files as well.
        assertThat(folder.toFile().list()).as("what is left behind").containsOnly("data", "vorrang.yaml");

        try (var run = VorrangProcess.start(folder, "run", "--config", config.toString())) {
            awaitTold(run, "ready");
            var data = folder.resolve("data");
            var topics = new Topics("");
            await().atMost(LIMIT).untilAsserted(() -> {
                var scores = TopicReader.all(data, topics.mailScored());
                assertThat(scores)
                        .extracting(MailScore::getSubject)
                        .as("subjects")
                        .hasSizeGreaterThanOrEqualTo(MAILS);
                assertThat(new HashSet<>(scores.stream().map(MailScore::getId).toList()))
                        .hasSize(MAILS);
            });
            assertThat(TopicReader.all(data, topics.mailReceived()).stream()
                            .map(EmailMessage::getId)
                            .distinct())
                    .hasSize(MAILS);
            assertThat(TopicReader.all(data, topics.mailDeadLetters())).isEmpty();
            assertThat(openToOthers(data)).as("what other users may read").isEmpty();
            assertThat(Files.readString(data.resolve("log/vorrang.log")) + run.err())
                    .as("log")
                    .doesNotContain(password(data));

            run.signal("TERM");
            assertThat(run.exitCode(LIMIT)).isEqualTo(143);
            assertThat(data.resolve("log/vorrang.log")).content().contains("org.tensorflow - ", "MLIR V1 optimization");
            assertThat(run.err()).as("standard error").doesNotContain("absl::", "tensorflow/", "MLIR");
        }
    }

    @Test
    void shouldSayThatTheMailboxRefusesThePasswordAndGoOnTrying() throws Exception {
        server.start();
        server.setUser("service@nordkuehl.example", "service", "secret");
        var config = config(server.getImap().getPort(), "wrong", PlantTraffic.freePort(), PlantTraffic.freePort());

        try (var run = VorrangProcess.start(folder, "run", "--config", config.toString())) {
            awaitTold(run, "mailbox desk: ");

            assertThat(run.err()).contains("service").doesNotContain("wrong").doesNotContain("\tat ");
            assertThat(run.runs()).isTrue();
        }
    }

    @Test
    void shouldNameEveryWrongSetting() throws Exception {
        var config = folder.resolve("vorrang.yaml");
        Files.writeString(config, "kafka: {port: 99999}\nstreams: {mail: {threads: none}}\nsurprise: 1\n");

        try (var run = VorrangProcess.start(folder, "run", "--config", config.toString())) {
            assertThat(run.exitCode(LIMIT)).isEqualTo(2);
            assertThat(run.err())
                    .contains("kafka.port", "99999", "streams.mail.threads", "none", "surprise", "ingest.mailboxes")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void shouldNameAPortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var config = config(1, "secret", taken.getLocalPort(), PlantTraffic.freePort());

            try (var run = VorrangProcess.start(folder, "run", "--config", config.toString())) {
                assertThat(run.exitCode(LIMIT)).isEqualTo(1);
                assertThat(run.err()).contains("port " + taken.getLocalPort()).doesNotContain("\tat ");
            }
        }
    }

    private static List<String> openToOthers(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            return files.map(RunProcessTest::permissions)
                    .filter(line -> !line.startsWith("rwx------ ") && !line.startsWith("rw------- "))
                    .toList();
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " " + path;
        } catch (NoSuchFileException e) {
            // Deleted meanwhile, as the broker and the state stores do.
            return "rw------- " + path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String password(Path data) {
        return TopicReader.client(data).get("basic.auth.user.info").split(":")[1];
    }

    private static void awaitTold(VorrangProcess run, String text) {
        await().atMost(LIMIT).until(() -> run.err().contains(text) || !run.runs());
        assertThat(run.err()).contains(text);
    }

    private Path config(int imapPort, String password, int brokerPort, int registryPort) throws IOException {
        var file = folder.resolve("vorrang.yaml");
        Files.writeString(file, """
                data: %s
                kafka: {port: %d}
                registry: {port: %d}
                metrics: {port: 0}
                console: {port: 0}
                streams: {mail: {models: [{folder: models/mail-triage/3}]}}
                ingest:
                  mailboxes:
                    - name: desk
                      host: 127.0.0.1
                      port: %d
                      security: none
                      user: service
                      password: %s
                """.formatted(folder.resolve("data"), brokerPort, registryPort, imapPort, password));
        return file;
    }

    private static MimeMessage mail(int number) throws MessagingException {
        var message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress("customer" + number + "@customer.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("service@nordkuehl.example"));
        message.setSubject("Order " + number);
        message.setText("Where is my order number " + number + "?");
        message.saveChanges();
        return message;
    }
}
