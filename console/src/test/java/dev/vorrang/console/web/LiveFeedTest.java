package dev.vorrang.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.MemoryConsole;
import dev.vorrang.console.access.AccessSettings;
import dev.vorrang.console.access.SessionLimits;
import dev.vorrang.console.access.TestClock;
import dev.vorrang.schemas.view.Severity;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

    private static final int BROWSERS = 60;
    private static final int MAILS = 200;

    private final MemoryConsole console = new MemoryConsole();
    private final TestClock clock = new TestClock();
    private ConsoleServer server;

    @BeforeEach
    void start() {
        var limits = new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12), 100, 1_000);
        var access = new AccessSettings(Optional.empty(), Optional.empty(), limits, Optional.empty());
        server = ConsoleServer.start(ConsoleSettings.onLoopback(0, access), console.services(), clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldTellManyBrowsersOfEachMail() {
        var told = new AtomicInteger();
        var threads = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < BROWSERS; i++) {
                Stream<String> lines = open(Browser.with(server));
                threads.execute(() -> lines.filter("event:scored"::equals).forEach(line -> told.incrementAndGet()));
            }
            await().until(() -> server.browsers() == BROWSERS);
            for (int i = 0; i < MAILS; i++) {
                console.mail("m" + i, "mail " + i, Severity.NORMAL, 0.5);
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> told.get() == BROWSERS * MAILS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldLetGoOfABrowserThatDoesNotKeepUp() throws IOException {
        var browser = Browser.with(server);
        try (var slow = new Socket("127.0.0.1", server.url().getPort())) {
            slow.setReceiveBufferSize(4_096);
            slow.getOutputStream()
                    .write(("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nCookie: "
                                    + browser.cookie().orElseThrow() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> server.browsers() == 1);
            String title = "x".repeat(2_000);
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                for (int i = 0; i < 500; i++) {
                    console.mail("m" + i, title, Severity.NORMAL, 0.5);
                }
                return server.browsers() == 0;
            });
        }
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldEndWhenTheSessionIsOver() {
        Stream<String> lines = open(Browser.with(server));
        clock.add(Duration.ofHours(12));
        assertThat(lines.toList()).contains("event:logout");
        assertThat(server.browsers()).isZero();
    }

    private static Stream<String> open(Browser browser) {
        var answer = browser.send(
                browser.request("/api/v1/live").timeout(Duration.ofMinutes(5)).GET(), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
