package dev.vorrang.connectors.imap;

import static dev.vorrang.connectors.imap.TestMails.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** XOAUTH2 against Dovecot, which asks the same small server about tokens that gives them. */
class ImapOAuth2Test {

    private final AtomicInteger given = new AtomicInteger();

    @TempDir
    Path folder;

    private HttpServer endpoint;
    private volatile String validToken;
    private volatile String error;

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(
                "/token",
                () -> error != null
                        ? error
                        : "{\"access_token\":\"token-%d\",\"expires_in\":3600}".formatted(given.incrementAndGet()));
        endpoint.createContext("/info", exchange -> {
            var known = exchange.getRequestURI().getQuery().endsWith("=" + validToken);
            var body = (known ? "{\"email\":\"" + DovecotServer.USER + "\"}" : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        endpoint.start();
    }

    @AfterEach
    void stopEndpoint() {
        endpoint.stop(0);
    }

    private void answer(String path, java.util.function.Supplier<String> body) {
        endpoint.createContext(path, exchange -> {
            var bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(error == null ? 200 : 400, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private DovecotServer dovecot() throws Exception {
        var config = folder.resolve("oauth2.conf");
        Files.writeString(config, """
                tokeninfo_url = http://127.0.0.1:%d/info?access_token=
                username_attribute = email
                """.formatted(endpoint.getAddress().getPort()));
        return DovecotServer.start(
                folder, "passdb {\n  driver = oauth2\n  mechanisms = xoauth2\n  args = " + config + "\n}\n");
    }

    private Map<String, String> config(DovecotServer dovecot) {
        var config = new HashMap<String, String>();
        config.put(ImapSettings.HOST, "localhost");
        config.put(ImapSettings.PORT, Integer.toString(dovecot.tlsPort()));
        config.put(ImapSettings.TLS.caFile(), dovecot.certificate().toString());
        config.put(ImapSettings.LOGIN.user(), DovecotServer.USER);
        config.put(
                ImapSettings.OAUTH2_TOKEN_URL,
                "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/token");
        config.put(ImapSettings.OAUTH2_CLIENT_ID, "client");
        config.put(ImapSettings.OAUTH2_REFRESH_TOKEN, "refresh");
        return config;
    }

    @Test
    void shouldTakeAnotherTokenWhenTheFirstIsRefused() throws Exception {
        try (var dovecot = dovecot()) {
            dovecot.deliver(mail(1));
            validToken = "token-2";
            try (var run = new ImapTaskRun(config(dovecot), new HashMap<>())) {
                assertThat(run.takeUntil(1).subjects()).containsExactly("Order 1");
            }
            assertThat(given).hasValue(2);
        }
    }

    @Test
    void shouldSayThatTheRefreshTokenExpired() throws Exception {
        error = "{\"error\":\"invalid_grant\",\"error_description\":\"token expired\"}";
        try (var dovecot = dovecot();
                var run = new ImapTaskRun(config(dovecot), new HashMap<>())) {
            assertThatThrownBy(() -> run.takeUntil(1))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("invalid_grant token expired");
        }
    }
}
