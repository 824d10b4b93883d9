package dev.vorrang.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vorrang.console.MemoryConsole;
import dev.vorrang.console.access.AccessSettings;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.access.SessionLimits;
import dev.vorrang.console.access.UserFile;
import dev.vorrang.schemas.view.Severity;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the server refuses it in the way of the API, and goes on. */
class HostileRequestTest {

    private static final String PASSWORD = "seven brown lamps";

    @TempDir
    private static Path folder;

    private static UserFile users;

    private final MemoryConsole console = new MemoryConsole();
    private ConsoleServer server;
    private Browser browser;

    @BeforeAll
    static void addUsers() throws IOException {
        users = new UserFile(folder.resolve("users"));
        for (Role role : Role.values()) {
            users.add(role.word(), role, PASSWORD);
        }
    }

    @BeforeEach
    void start() {
        var access = new AccessSettings(
                Optional.of(users.path()), Optional.empty(), SessionLimits.STANDARD, Optional.empty());
        server = ConsoleServer.start(ConsoleSettings.onLoopback(0, access), console.services());
        console.mail("a", "hello", Severity.NORMAL, 0.5);
        browser = Browser.with(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/static/../../etc/passwd",
                "/static/%2e%2e/%2e%2e/etc/passwd",
                "/static/x/..%2f..%2f..%2fetc%2fpasswd",
                "/static/x/index.html",
                "/static/x/.git/config",
                "/.git/config",
                "//evil.example/x",
                "/api/v1/streams/mail/records/%00",
                "/api/v1/streams/mail/records/%c0%ae%c0%ae",
                "/api/v1/streams/mail/records/%zz",
                "/api/v1/streams/mail/records/%",
                "/api/v1/streams/mail/records/%e2%80",
                "/api/v1/streams//records",
                "/api/v1/streams/mail/records?limit=1;drop",
                "/api/v1/streams/mail/records?limit=99999999999999999999",
                "/api/v1/streams/mail/records?limit=-1",
                "/api/v1/streams/mail/records?limit=1&limit=2",
                "/api/v1/streams/mail/records?sort=0",
                "/api/v1/streams/mail/records?from=yesterday",
                "/api/v1/streams/mail/records?f.=x",
                "/api/v1/streams/mail/records?f.a%20b=x",
                "/api/v1/streams/mail/records?unknown=1",
                "/api/v1/streams/mail/records?text=%ff",
                "/api/v1/dead-letters/mail.dead-letters/-1/7",
                "/api/v1/dead-letters/mail.dead-letters/0/x",
                "/api/v1/nothing",
                "/api/v2/me",
                "/api",
                "/no/such/page"
            })
    void shouldRefusePathsThatAreNotRight(String path) {
        String cookie = browser.cookie().orElseThrow();
        String answer = RawClient.send(
                server.url(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\nConnection: close\r\n\r\n");
        assertThat(RawClient.status(answer)).as(answer).isBetween(400, 421);
        assertThat(answer).doesNotContain("root:", "Exception", "dev.vorrang").doesNotContain("Access-Control-Allow");
    }

    @Test
    void shouldOutliveRandomBytes() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var pieces = List.of(
                "GET ",
                "POST ",
                "/api/v1/",
                "me",
                "%2f",
                "..",
                "?",
                "&",
                "=",
                " HTTP/1.1\r\n",
                "Host: localhost\r\n",
                "Content-Length: ",
                "-1",
                "99999999999",
                "Transfer-Encoding: chunked\r\n",
                "\r\n",
                "\r\n\r\n",
                "\0",
                "\u00ff",
                "{\"id\":",
                "Cookie: vorrang=",
                ";",
                "Connection: close\r\n",
                "Expect: 100-continue\r\n",
                "ffff\r\n");
        for (int i = 0; i < 300; i++) {
            var request = new StringBuilder();
            for (int part = random.nextInt(12); part >= 0; part--) {
                request.append(pieces.get(random.nextInt(pieces.size())));
            }
            String answer = RawClient.sendAndEnd(server.url(), request.toString());
            assertThat(RawClient.status(answer))
                    .as("seed %s: %s", seed, request)
                    .isLessThan(500);
        }
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"e\",\"type\":\"CLAIMED\",\"who\":\"somebody else\"}",
                "{\"id\":\"e\",\"id\":\"f\",\"type\":\"CLAIMED\"}",
                "{\"id\":\"e\",\"type\":\"CLAIMED\"} {}",
                "{\"id\":\"e\",\"type\":1}",
                "{\"id\":\"e\",\"type\":\"UNKNOWN\"}",
                "{\"id\":5,\"type\":\"CLAIMED\"}",
                "{\"id\":null,\"type\":\"CLAIMED\"}",
                "{\"type\":\"CLAIMED\"}",
                "{\"id\":\"e\",\"type\":\"CORRECTED\",\"corrections\":{\"a\":{}}}",
                "[]",
                "null",
                "",
                "{",
                "\"text\""
            })
    void shouldRefuseBodiesThatAreNotRight(String body) {
        var answer = browser.post("/api/v1/streams/mail/records/a/events", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception", "dev.vorrang", "com.fasterxml");
        assertThat(console.written).isEmpty();
    }

    @Test
    void shouldRefuseBodiesThatAreTooLargeOrDeepOrOfAnotherType() {
        String path = "/api/v1/streams/mail/records/a/events";
        String deep = "{\"id\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        assertThat(browser.post(path, deep).statusCode()).isEqualTo(400);
        assertThat(browser.post(path, "\"" + "x".repeat(1_100_000) + "\"").statusCode())
                .isEqualTo(413);
        var form = browser.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{\"id\":\"e\",\"type\":\"CLAIMED\"}"));
        assertThat(browser.send(form).statusCode()).isEqualTo(415);
        assertThat(console.written).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80", "localhost@evil.example", ""})
    void shouldRefuseRequestsForOtherHosts(String host) {
        String answer = RawClient.send(
                server.url(), "GET /api/v1/openapi.json HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(RawClient.status(answer)).as(answer).isIn(400, 421);
    }

    @Test
    void shouldRefuseChangesFromOtherSites() {
        var body = BodyPublishers.ofString("{\"id\":\"e1\",\"type\":\"CLAIMED\"}");
        for (String[] header : new String[][] {
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
        }) {
            var request = browser.request("/api/v1/streams/mail/records/a/events")
                    .header("Content-Type", "application/json")
                    .header(header[0], header[1])
                    .POST(body);
            assertThat(browser.send(request).statusCode()).as(header[0]).isEqualTo(403);
        }
        var login = new Browser(server.url())
                .request("/api/v1/session")
                .header("Content-Type", "application/json")
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("{\"user\":\"agent\",\"password\":\"" + PASSWORD + "\"}"));
        assertThat(browser.send(login).statusCode()).isEqualTo(403);
        assertThat(console.written).isEmpty();
    }

    @Test
    void shouldLetNoOtherSiteReadAnswers() {
        for (String method : List.of("GET", "OPTIONS")) {
            var request = browser.request("/api/v1/me")
                    .header("Origin", "https://evil.example")
                    .header("Access-Control-Request-Method", "POST")
                    .method(method, BodyPublishers.noBody());
            assertThat(browser.send(request).headers().map().keySet())
                    .as(method)
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
        }
    }

    @Test
    void shouldChangeNothingBySafeMethods() {
        JsonNode paths = Browser.json(browser.get("/api/v1/openapi.json")).path("paths");
        for (var path : paths.properties()) {
            for (String method : List.of("GET", "HEAD", "OPTIONS")) {
                if (!path.getKey().equals("/live")) {
                    String url = "/api/v1"
                            + path.getKey().replace("{stream}", "mail").replaceAll("\\{\\w+}", "a");
                    int status = browser.send(browser.request(url).method(method, BodyPublishers.noBody()))
                            .statusCode();
                    assertThat(status)
                            .as(method + " " + url)
                            .isIn(path.getValue().has("get") ? List.of(200, 400, 404, 405) : List.of(404, 405));
                }
            }
        }
        assertThat(console.written).isEmpty();
        assertThat(console.marks).isEmpty();
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBeginANewSessionAtEachLogin() {
        String login = "{\"user\":\"agent\",\"password\":\"" + PASSWORD + "\"}";
        var user = new Browser(server.url());
        assertThat(user.login(login).statusCode()).isEqualTo(204);
        String first = user.cookie().orElseThrow();
        assertThat(user.login(login).statusCode()).isEqualTo(204);
        assertThat(user.cookie()).isPresent().get().isNotEqualTo(first);
        var old = new Browser(server.url()).request("/api/v1/me").header("Cookie", first);
        assertThat(user.send(old.GET()).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldAnswerAlikeForUsersThatThereAreAndAreNot() {
        var known = new Browser(server.url()).login("{\"user\":\"agent\",\"password\":\"wrong\"}");
        var unknown = new Browser(server.url()).login("{\"user\":\"nobody\",\"password\":\"wrong\"}");
        assertThat(known.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(known.body()).isEqualTo(unknown.body());
    }

    @Test
    void shouldSayHowLongToWaitAfterTooManyLogins() {
        for (int i = 0; i < 10; i++) {
            new Browser(server.url()).login("{\"user\":\"viewer\",\"password\":\"wrong\"}");
        }
        var answer = new Browser(server.url()).login("{\"user\":\"viewer\",\"password\":\"" + PASSWORD + "\"}");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 900);
    }

    @Test
    void shouldAllowEachRoleWhatItsRoutesDeclareAndNoMore() {
        var problems = new ArrayList<String>();
        JsonNode paths = Browser.json(browser.get("/api/v1/openapi.json")).path("paths");
        for (String who : List.of("nobody", "viewer", "agent")) {
            var user = new Browser(server.url());
            if (!who.equals("nobody")) {
                user.login("{\"user\":\"" + who + "\",\"password\":\"" + PASSWORD + "\"}");
            }
            for (var path : paths.properties()) {
                for (var operation : path.getValue().properties()) {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    String needed = operation
                            .getValue()
                            .path("description")
                            .textValue()
                            .replaceAll("(?s).*Role: (\\w+)\\.", "$1");
                    int expected = refusal(who, needed);
                    if (expected > 0) {
                        String url = "/api/v1" + path.getKey().replaceAll("\\{\\w+}", "0");
                        int status = user.send(user.request(url).method(method, BodyPublishers.noBody()))
                                .statusCode();
                        if (status != expected) {
                            problems.add(who + " " + method + " " + path.getKey() + ": " + status);
                        }
                    }
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    /** How a role is refused; 0 if it is not. */
    private static int refusal(String who, String needed) {
        List<String> order = List.of("viewer", "agent", "admin");
        if (!order.contains(needed) || order.indexOf(who) >= order.indexOf(needed)) {
            return 0;
        }
        return who.equals("nobody") ? 401 : 403;
    }
}
