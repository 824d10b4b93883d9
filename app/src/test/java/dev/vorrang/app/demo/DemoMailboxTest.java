package dev.vorrang.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoMailboxTest {

    /** The source cuts its connections when it is stopped. */
    @Test
    void shouldSayNothingOfAConnectionThatIsCut() throws Exception {
        var before = Thread.getDefaultUncaughtExceptionHandler();
        List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> uncaught.add(cause));
        try (var mailbox = DemoMailbox.start(Clock.systemUTC())) {
            int port;
            try (var client = new Socket(mailbox.host(), mailbox.port())) {
                port = client.getLocalPort();
                assertThat(client.getInputStream().read()).as("greeting").isEqualTo('*');
                client.setSoLinger(true, 0);
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
