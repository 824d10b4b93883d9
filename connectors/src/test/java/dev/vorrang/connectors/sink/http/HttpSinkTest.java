package dev.vorrang.connectors.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.imap.TestCertificate;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.connectors.sink.SinkTaskRun;
import dev.vorrang.connectors.sink.TestActions;
import dev.vorrang.connectors.sink.http.WebhookServer.Answer;
import dev.vorrang.schemas.Action;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of a server, and what becomes of the actions. */
class HttpSinkTest {

    private static final Action ACTION = TestActions.action(1);

    @TempDir
    Path folder;

    private WebhookServer server;

    @BeforeEach
    void start() throws IOException {
        server = WebhookServer.plain();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, String> config(String url, String... more) {
        return ConnectorConfigs.with(
                ConnectorConfigs.with(
                        Map.of(
                                HttpSinkSettings.URL, url,
                                HttpSinkSettings.SECURITY, "none",
                                HttpSinkSettings.TIMEOUT_MS, "2000"),
                        DeliverySettings.BACKOFF_MS,
                        "5",
                        DeliverySettings.MAX_MS,
                        "20",
                        DeliverySettings.ATTEMPTS,
                        "3",
                        DeliverySettings.CIRCUIT_PAUSE_MS,
                        "20",
                        DeliverySettings.RATE,
                        "0"),
                more);
    }

    private SinkTaskRun run(String... more) {
        return new SinkTaskRun(new HttpSinkTask(), config("http://localhost:" + server.port() + "/hook", more));
    }

    private static SinkTaskRun against(int port, String... more) {
        return new SinkTaskRun(new HttpSinkTask(), config("http://localhost:" + port + "/hook", more));
    }

    @Test
    void shouldPostEachActionWithItsIdAsIdempotencyKey() {
        try (var run = run().put(ACTION, TestActions.action(2)).untilDone()) {
            assertThat(server.ids()).containsExactly(ACTION.getId(), TestActions.id("action", 2));
            var request = server.requests().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/hook");
            assertThat(request.headers().get("Content-type")).isEqualTo("application/json; charset=utf-8");
            assertThat(request.body()).contains("\"title\": \"Server room is on fire 1\"");
            assertThat(run.letters()).isEmpty();
        }
    }

    @Test
    void shouldAskForACommitAfterAFewActionsSoThatFewComeAgainAfterACrash() {
        var actions = IntStream.range(0, 120).mapToObj(TestActions::action).toArray(Action[]::new);
        try (var run = run().put(actions)) {
            assertThat(server.ids()).hasSize(50);
            assertThat(run.committed()).isEqualTo(50);
            assertThat(run.commitRequests()).isEqualTo(1);
            assertThat(run.timeout()).as("comes again at once").isEqualTo(1);
            run.put().put().put();
            assertThat(run.committed()).isEqualTo(120);
            assertThat(run.commitRequests()).as("none without a delivery").isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 408, 429, 500, 502, 503, 504, 403, 404, 409})
    void shouldTryAgainWhatMayPass(int status) {
        server.answer(Answer.of(status), Answer.of(status));
        try (var run = run().put(ACTION).untilDone()) {
            assertThat(server.ids()).containsExactly(ACTION.getId(), ACTION.getId(), ACTION.getId());
            assertThat(run.letters()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422})
    void shouldBuryWhatTheServerRefuses(int status) {
        server.answer(Answer.of(status));
        try (var run = run().put(ACTION, TestActions.action(2)).untilDone()) {
            assertThat(server.ids()).hasSize(2);
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .isEqualTo("http://localhost:" + server.port() + " answers " + status + ": status " + status));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void shouldNotFollowARedirect(int status) {
        var redirect = new Answer(status, Map.of("Location", "http://localhost:" + server.port() + "/evil"), "");
        server.answer(redirect, redirect, redirect);
        try (var run = run().put(ACTION).untilDone()) {
            assertThat(server.requests())
                    .extracting(WebhookServer.Request::path)
                    .containsOnly("/hook");
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .contains("failed 3 times", "redirects", HttpSinkSettings.URL));
        }
    }

    @Test
    void shouldWaitAsLongAsTheServerAsks() {
        server.answer(new Answer(429, Map.of("Retry-After", "120"), ""));
        try (var run = run().put(ACTION)) {
            assertThat(run.timeout()).isBetween(100_000L, 120_000L);
            assertThat(run.committed()).isZero();
        }
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(5));
        server.answer(new Answer(503, Map.of("Retry-After", date), ""));
        try (var run = run().put(ACTION)) {
            assertThat(run.timeout()).isBetween(240_000L, 300_000L);
        }
        server.answer(new Answer(429, Map.of("Retry-After", "soon"), ""));
        try (var run = run().put(ACTION).untilDone()) {
            assertThat(run.letters()).isEmpty();
        }
    }

    @Test
    void shouldWaitForAServerThatIsNotThere() throws IOException {
        int port = server.port();
        server.close();
        try (var run = against(port)) {
            run.put(ACTION).put(TestActions.action(2)).put(TestActions.action(3));
            assertThat(run.committed()).isZero();
            assertThat(run.letters()).isEmpty();
            server = WebhookServer.plain();
        }
        try (var again = run().put(ACTION, TestActions.action(2)).untilDone()) {
            assertThat(again.letters()).isEmpty();
        }
    }

    @Test
    void shouldBuryAnActionThatTheServerResetsOrNeverAnswers() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var run = against(silent.getLocalPort(), HttpSinkSettings.TIMEOUT_MS, "50")) {
            run.put(ACTION).untilDone();
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .contains("failed 3 times", "answer"));
        }
        try (var resetting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var run = against(resetting.getLocalPort())) {
            var thread = new Thread(() -> reset(resetting));
            thread.start();
            run.put(ACTION).untilDone();
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .contains("failed 3 times", "answer"));
        }
    }

    private static void reset(ServerSocket socket) {
        try {
            while (true) {
                var accepted = socket.accept();
                accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
                accepted.getInputStream().read();
                accepted.close();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void shouldReadNoMoreOfAnAnswerThanAllowed() {
        server.answer(
                new Answer(400, Map.of(), "x".repeat(10_000_000)), new Answer(200, Map.of(), "x".repeat(10_000_000)));
        try (var run = run(HttpSinkSettings.MAX_RESPONSE_BYTES, "20")
                .put(ACTION, TestActions.action(2))
                .untilDone()) {
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .endsWith("answers 400: " + "x".repeat(20)));
        }
    }

    @Test
    void shouldSendNothingToAServerWhoseCertificateItDoesNotTrust() throws Exception {
        var certificate = TestCertificate.make(folder);
        try (var tls = WebhookServer.tls(certificate)) {
            var url = "https://localhost:" + tls.port() + "/hook";
            try (var run = new SinkTaskRun(new HttpSinkTask(), config(url)).put(ACTION)) {
                assertThat(tls.requests()).isEmpty();
                assertThat(run.letters()).isEmpty();
                assertThat(run.committed()).isZero();
            }
            var address = "https://127.0.0.1:" + tls.port() + "/hook";
            var trusting = new String[] {
                HttpSinkSettings.TLS.caFile(), certificate.pem().toString()
            };
            try (var run = new SinkTaskRun(new HttpSinkTask(), config(address, trusting)).put(ACTION)) {
                assertThat(tls.requests()).as("a certificate for another name").isEmpty();
                assertThat(run.committed()).isZero();
            }
            try (var run = new SinkTaskRun(new HttpSinkTask(), config(url, trusting))) {
                run.put(ACTION).untilDone();
                assertThat(tls.ids()).containsExactly(ACTION.getId());
            }
        }
    }

    @Test
    void shouldProveWhoItIs() throws IOException {
        var token = Files.writeString(folder.resolve("token"), "t0ken-of-file\n");
        try (var run = run(HttpSinkSettings.LOGIN.user(), "anna", HttpSinkSettings.LOGIN.password(), "pa55word");
                var bearer = run(HttpSinkSettings.LOGIN.passwordFile(), token.toString());
                var scheme = run(HttpSinkSettings.LOGIN.password(), "k3y0", HttpSinkSettings.AUTH_SCHEME, "GenieKey")) {
            run.put(ACTION);
            bearer.put(ACTION);
            scheme.put(ACTION);
        }
        assertThat(server.requests())
                .extracting(request -> request.headers().get("Authorization"))
                .containsExactly("Basic YW5uYTpwYTU1d29yZA==", "Bearer t0ken-of-file", "GenieKey k3y0");
    }

    @Test
    void shouldSignWhatItSends() {
        try (var run = run(HttpSinkSettings.SIGNING_SECRET, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .put(ACTION)) {
            var request = server.requests().get(0);
            var seconds = request.headers().get("Webhook-timestamp");
            assertThat(request.headers().get("Webhook-id")).isEqualTo(ACTION.getId());
            assertThat(request.headers().get("Webhook-signature"))
                    .isEqualTo(new Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                            .of(ACTION.getId(), Long.parseLong(seconds), request.body()));
            assertThat(run.letters()).isEmpty();
        }
    }

    /** The example of the reference implementation. */
    @Test
    void shouldSignAsStandardWebhooksDo() {
        assertThat(new Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void shouldGoThroughAProxy() throws IOException {
        try (var proxy = WebhookServer.plain();
                var run = new SinkTaskRun(
                        new HttpSinkTask(),
                        config("http://nowhere.example/hook", HttpSinkSettings.PROXY, "localhost:" + proxy.port()))) {
            run.put(ACTION).untilDone();
            assertThat(proxy.requests())
                    .extracting(WebhookServer.Request::path)
                    .containsExactly("http://nowhere.example/hook");
        }
    }

    @Test
    void shouldBuryAnActionThatATemplateFailsFor() {
        var body = "{\"count\": {{fields.units}}}";
        try (var run = run(HttpSinkSettings.BODY, body)
                .put(
                        TestActions.action(1, "one", Map.of("units", "three, \"x\": 1")),
                        TestActions.action(2, "two", Map.of("units", "3")))
                .untilDone()) {
            assertThat(server.requests())
                    .extracting(WebhookServer.Request::body)
                    .containsExactly("{\"count\": 3}");
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .contains("the template gives no JSON"));
        }
    }

    @Test
    void shouldGoOnWhereTheLastRunEnded() {
        server.answer(Answer.of(200), Answer.of(503));
        long committed;
        try (var run = run().put(ACTION, TestActions.action(2), TestActions.action(3))) {
            committed = run.committed();
        }
        assertThat(committed).isEqualTo(1);
        try (var run = new SinkTaskRun(new HttpSinkTask(), config("http://localhost:" + server.port() + "/"), committed)
                .put(TestActions.action(2), TestActions.action(3))
                .untilDone()) {
            assertThat(run.letters()).isEmpty();
        }
        assertThat(server.ids())
                .containsExactly(
                        ACTION.getId(),
                        TestActions.id("action", 2),
                        TestActions.id("action", 2),
                        TestActions.id("action", 3));
    }

    @Test
    void shouldStopReadingWhenTooMuchWaits() {
        server.answer(new Answer(503, Map.of("Retry-After", "60"), ""));
        var many = java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(TestActions::action)
                .toArray(Action[]::new);
        try (var run = run().put(many)) {
            assertThat(run.isPaused()).isTrue();
        }
    }
}
