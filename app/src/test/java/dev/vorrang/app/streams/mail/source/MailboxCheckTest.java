package dev.vorrang.app.streams.mail.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.streams.mail.MailKit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxCheckTest {

    private static final String PASSWORD = "correct-horse-battery";
    private static final String REFUSAL =
            "NO [AUTHENTICATIONFAILED] \u001B]52;c;aGVsbG8=\u0007\u001B[2J\u009B31m not " + PASSWORD;

    @TempDir
    private Path folder;

    @Test
    void shouldShowNeitherAControlCharacterNorTheSecretThatAServerSendsBack() throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> refuseLogins(server), "refuses-logins");
            thread.setDaemon(true);
            thread.start();
            var settings = Settings.load(
                    StreamKits.SETTINGS,
                    Files.writeString(folder.resolve("vorrang.yaml"), """
                    ingest:
                      mailboxes:
                        - {name: support, host: 127.0.0.1, port: %d, security: none, user: anna, password: %s}
                    """.formatted(server.getLocalPort(), PASSWORD)),
                    Map.of());

            var check = new MailKit().checks(settings.ingest()).get(0).get();

            assertThat(check.good()).isFalse();
            assertThat(check.finding())
                    .contains("AUTHENTICATIONFAILED", "not ***")
                    .doesNotContain(PASSWORD)
                    .doesNotContainPattern("\\p{Cc}");
        }
    }

    private static void refuseLogins(ServerSocket server) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    answer(client);
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void answer(Socket client) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        var out = client.getOutputStream();
        send(out, "* OK ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            var words = line.split(" ");
            if (words[1].equalsIgnoreCase("CAPABILITY")) {
                send(out, "* CAPABILITY IMAP4rev1");
                send(out, words[0] + " OK done");
            } else if (words[1].equalsIgnoreCase("LOGIN")) {
                send(out, words[0] + " " + REFUSAL);
            } else {
                send(out, words[0] + " OK done");
            }
        }
    }

    private static void send(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
