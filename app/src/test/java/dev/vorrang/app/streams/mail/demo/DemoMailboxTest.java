package dev.vorrang.app.streams.mail.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoMailboxTest {

    /** The source cuts its connections, which idle, when it is stopped. */
    @Test
    void shouldSayNothingOfAConnectionThatIsCut() throws Exception {
        var before = Thread.getDefaultUncaughtExceptionHandler();
        List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> uncaught.add(cause));
        try (var mailbox = DemoMailbox.start(Clock.systemUTC())) {
            int port;
            try (var client = new Socket(mailbox.host(), mailbox.port())) {
                port = client.getLocalPort();
                var answers =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                assertThat(answers.readLine()).startsWith("* OK");
                var login = "a1 LOGIN %s %s".formatted(DemoMailbox.USER, DemoMailbox.PASSWORD);
                for (String command : List.of(login, "a2 EXAMINE INBOX", "a3 IDLE")) {
                    client.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    String end = command.endsWith("IDLE") ? "+" : command.substring(0, 2);
                    String answer = answers.readLine();
                    while (!answer.startsWith(end)) {
                        answer = answers.readLine();
                    }
                    assertThat(answer).as(command).contains("OK");
                }
            }
            await("the end of the connection's thread")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().endsWith(":" + port)));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).isEmpty();
    }
}
