package dev.vorrang.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.MemoryConsole;
import dev.vorrang.schemas.view.Severity;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleServerTest {

    private final MemoryConsole console = new MemoryConsole();
    private ConsoleServer server;
    private Browser browser;

    @BeforeEach
    void start() {
        server = ConsoleServer.start(ConsoleSettings.onLoopback(0), console.services());
        browser = Browser.with(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldServeThePageWithSecurityHeaders() {
        var answer = new Browser(server.url()).get("/machines");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<title>Vorrang");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void shouldTellWhoIsLoggedIn() {
        var me = Browser.json(browser.get("/api/v1/me"));
        assertThat(me.path("user").textValue()).isEqualTo("local");
        assertThat(me.path("roles")).hasSize(3);
        assertThat(me.path("streams")).hasSize(2);
    }

    @Test
    void shouldRefuseWhoIsNotLoggedIn() {
        var answer = new Browser(server.url()).get("/api/v1/streams/mail/records");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void shouldTakeALoginLinkOnce() {
        String token = server.loginLink().getFragment().replaceFirst("token=", "");
        var body = "{\"token\":\"" + token + "\"}";
        assertThat(new Browser(server.url()).login(body).statusCode()).isEqualTo(204);
        assertThat(new Browser(server.url()).login(body).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldEndASessionAtLogout() {
        var answer = browser.delete("/api/v1/session");
        assertThat(answer.statusCode()).isEqualTo(204);
        // What a person has chosen for the browser is in its storage, and stays.
        assertThat(answer.headers().firstValue("Clear-Site-Data")).hasValue("\"cache\"");
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldListAndFindRecords() {
        console.mail("a", "hello", Severity.NORMAL, 0.5);
        console.mail("b", "the server burns", Severity.URGENT, 0.9);
        var page = Browser.json(browser.get("/api/v1/streams/mail/records?f.queue=support&limit=10"));
        assertThat(page.path("items").path(0).path("id").textValue()).isEqualTo("b");
        assertThat(page.path("total").intValue()).isEqualTo(2);
        assertThat(page.path("next").isNull()).isTrue();
        var detail = Browser.json(browser.get("/api/v1/streams/mail/records/a"));
        assertThat(detail.path("summary").path("title").textValue()).isEqualTo("hello");
        assertThat(detail.path("summary").path("time").textValue()).isEqualTo("2026-03-01T10:00:00Z");
    }

    @Test
    void shouldCountAClaimOnceThoughItIsSentAgain() {
        console.mail("a", "hello", Severity.NORMAL, 0.5);
        for (int i = 0; i < 2; i++) {
            var answer = browser.post("/api/v1/streams/mail/records/a/events", "{\"id\":\"e1\",\"type\":\"CLAIMED\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Browser.json(answer).path("desk").path("holder").textValue())
                    .isEqualTo("local");
        }
        assertThat(console.written).hasSize(1);
        assertThat(console.written.get(0).getChannel()).isEqualTo("console");
    }

    @Test
    void shouldTellBrowsersWhatHappens() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        var answer = browser.send(browser.request("/api/v1/live").GET(), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        var reading = new Thread(() -> answer.body().forEach(lines::add), "live");
        reading.setDaemon(true);
        reading.start();
        await().until(() -> lines.contains("event:health"));
        console.mail("a", "hello", Severity.NORMAL, 0.5);
        await().until(() -> lines.stream().anyMatch(line -> line.startsWith("data:{\"stream\":\"mail\",\"id\":\"a\"")));
        browser.delete("/api/v1/session");
        await().until(() -> lines.contains("event:logout"));
        reading.join(10_000);
        assertThat(reading.isAlive()).isFalse();
    }

    @Test
    void shouldRefuseAChangeWithoutTheToken() {
        console.mail("a", "hello", Severity.NORMAL, 0.5);
        var request = java.net.http.HttpRequest.newBuilder(
                        server.url().resolve("/api/v1/streams/mail/records/a/events"))
                .header("Cookie", browser.cookie().orElseThrow())
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"id\":\"e1\",\"type\":\"CLAIMED\"}"));
        assertThat(browser.send(request).statusCode()).isEqualTo(403);
        assertThat(console.written).isEmpty();
    }
}
