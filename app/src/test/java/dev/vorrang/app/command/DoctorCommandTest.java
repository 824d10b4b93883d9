package dev.vorrang.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vorrang.app.Main;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user calls it, with the model that ships. */
class DoctorCommandTest {

    private static final Path MODEL = Path.of("../models/mail-triage/3");
    private static final String PASSWORD = "kept-to-itself";
    private static final String KAFKA_PASSWORD = "kept-to-kafka";
    private static final String REGISTRY_PASSWORD = "kept-to-registry";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void shouldFindServersThatAreThere() throws IOException {
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        mail.start();
        mail.setUser("service@nordkuehl.example", "service", PASSWORD);
        try (var broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            var code = doctor(
                    broker.port(), registry.url().getPort(), mail.getImap().getPort());

            assertThat(code).as(out.toString()).isZero();
            assertThat(out.toString())
                    .contains("All is well.")
                    .containsPattern("ok +model +mail-triage 3")
                    .containsPattern("ok +broker +" + broker.bootstrapServers())
                    .containsPattern("ok +registry +" + registry.url())
                    .containsPattern("ok +mailbox +desk")
                    .doesNotContain("FAIL", PASSWORD, KAFKA_PASSWORD, REGISTRY_PASSWORD);
        } finally {
            mail.stop();
        }
    }

    @Test
    void shouldSayWhatToDoAboutServersThatAreNotThere() throws IOException {
        int port = freePort();

        var code = doctor(port, port, port);

        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("FAIL +broker .*127\\.0\\.0\\.1:" + port + ".*\\R.*-> .*kafka.bootstrap-servers")
                .containsPattern("FAIL +registry .*127\\.0\\.0\\.1:" + port + ".*\\R.*-> .*registry.url")
                .containsPattern("FAIL +mailbox .*127\\.0\\.0\\.1:" + port + ".*\\R.*-> .*host, port")
                .contains("3 of 9 need you.")
                .doesNotContain(PASSWORD, KAFKA_PASSWORD, REGISTRY_PASSWORD);
    }

    private int doctor(int brokerPort, int registryPort, int imapPort) throws IOException {
        var config = folder.resolve("vorrang.yaml");
        Files.writeString(config, """
                data: %s
                console: {port: 0}
                kafka:
                  mode: external
                  bootstrap-servers: 127.0.0.1:%d
                  properties: {ssl.truststore.password: %s}
                registry:
                  mode: external
                  url: http://127.0.0.1:%d
                  properties: {basic.auth.credentials.source: USER_INFO, basic.auth.user.info: "vorrang:%s"}
                ingest:
                  mailboxes:
                    - {name: desk, host: 127.0.0.1, security: none, port: %d, user: service, password: %s}
                """.formatted(
                        folder.resolve("data"),
                        brokerPort,
                        KAFKA_PASSWORD,
                        registryPort,
                        REGISTRY_PASSWORD,
                        imapPort,
                        PASSWORD));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("doctor", "--config", config.toString(), "--model", MODEL.toString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
