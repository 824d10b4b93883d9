package dev.vorrang.ingest.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OAuth2TokensTest {

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{}";
    private Instant now = Instant.parse("2026-01-31T08:00:00Z");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** A byte now and then, until the other end has enough. */
    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            while (true) {
                body.write(' ');
                body.flush();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private OAuth2Tokens tokens(Optional<String> refreshToken) {
        return tokens(refreshToken, Duration.ofSeconds(5));
    }

    private OAuth2Tokens tokens(Optional<String> refreshToken, Duration timeout) {
        var clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        var endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
        return new OAuth2Tokens(
                new OAuth2Settings(
                        endpoint,
                        "client",
                        Optional.of("top & secret"),
                        refreshToken,
                        Optional.of("imap offline"),
                        timeout),
                clock);
    }

    @Test
    void shouldAskAgainBeforeATokenExpiresAndUseANewRefreshToken() throws Exception {
        var tokens = tokens(Optional.of("refresh-1"));
        answer = "{\"access_token\":\"one\",\"expires_in\":3600,\"refresh_token\":\"refresh-2\"}";
        assertThat(tokens.secret()).isEqualTo("one");
        now = now.plusSeconds(3_500);
        assertThat(tokens.secret()).isEqualTo("one");
        now = now.plusSeconds(41);
        answer = "{\"access_token\":\"two\"}";
        assertThat(tokens.secret()).isEqualTo("two");

        assertThat(asked).hasSize(2);
        assertThat(asked.get(0))
                .isEqualTo("grant_type=refresh_token&client_id=client&client_secret=top+%26+secret&scope=imap+offline"
                        + "&refresh_token=refresh-1");
        assertThat(asked.get(1)).endsWith("refresh_token=refresh-2");
    }

    @Test
    void shouldAskAgainForATokenThatWasRefused() throws Exception {
        var tokens = tokens(Optional.empty());
        answer = "{\"access_token\":\"one\",\"expires_in\":3600}";
        tokens.refused(tokens.secret());
        answer = "{\"access_token\":\"two\",\"expires_in\":3600}";
        assertThat(tokens.secret()).isEqualTo("two");
        assertThat(asked).allMatch(form -> form.startsWith("grant_type=client_credentials&"));
    }

    @Test
    void shouldSayWhyTheEndpointRefuses() {
        status = 400;
        answer = "{\"error\":\"invalid_grant\",\"error_description\":\"expired\"}";
        assertThatThrownBy(() -> tokens(Optional.of("refresh-1")).secret())
                .isInstanceOf(MailboxRefusedException.class)
                .hasMessageContaining("invalid_grant expired")
                .hasMessageNotContaining("refresh-1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldShowNeitherASecretNorAControlCharacterThatTheEndpointSendsBack() {
        status = 401;
        answer =
                "{\"error\":\"invalid_client\\u001b[2J\",\"error_description\":\"\\u001b]52;c;aGVsbG8=\\u0007 \\u009b31m got"
                        + " grant_type=refresh_token&client_secret=top+%26+secret&refresh_token=refresh-1 or top & secret\"}";

        assertThatThrownBy(() -> tokens(Optional.of("refresh-1")).secret())
                .isInstanceOf(MailboxRefusedException.class)
                .hasMessageContaining("invalid_client")
                .hasMessageContaining("client_secret=***&refresh_token=*** or ***")
                .message()
                .doesNotContain("top", "refresh-1")
                .doesNotContainPattern("\\p{Cc}");
    }

    @Test
    void shouldTryLaterWhenTheEndpointIsDown() {
        status = 503;
        assertThatThrownBy(() -> tokens(Optional.empty()).secret())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503");
        server.stop(0);
        assertThatThrownBy(() -> tokens(Optional.empty()).secret())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not reached");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldNotWaitForAnAnswerThatComesByteByByteWithoutEnd() {
        server.removeContext("/token");
        server.createContext("/token", OAuth2TokensTest::drip);

        assertThatThrownBy(
                        () -> tokens(Optional.empty(), Duration.ofMillis(200)).secret())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not end its answer in time");
    }
}
