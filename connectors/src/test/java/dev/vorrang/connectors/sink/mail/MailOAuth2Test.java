package dev.vorrang.connectors.sink.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.imap.LineServer;
import dev.vorrang.connectors.imap.TestCertificate;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.connectors.sink.SinkTaskRun;
import dev.vorrang.connectors.sink.TestActions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * XOAUTH2 and an SMTP server that answers as Google documents it (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol):
 * a token that is not valid is answered with 334 and an error, and after an empty line with 535.
 */
class MailOAuth2Test {

    private static final String ERROR = "{\"status\":\"401\",\"schemes\":\"bearer\"}";

    private final AtomicInteger given = new AtomicInteger();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private volatile String validToken = "token-1";
    private volatile int tokenStatus = 200;

    @TempDir
    private Path folder;

    private TestCertificate certificate;
    private HttpServer endpoint;
    private LineServer server;

    @BeforeEach
    void start() throws Exception {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/token", exchange -> {
            var body = (tokenStatus == 200
                            ? "{\"access_token\":\"token-%d\",\"expires_in\":3600}".formatted(given.incrementAndGet())
                            : "{\"error\":\"invalid_grant\",\"error_description\":\"token expired\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(tokenStatus, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        endpoint.start();
        certificate = TestCertificate.make(folder);
        server = LineServer.secure(certificate, this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        endpoint.stop(0);
        server.close();
    }

    private void serve(BufferedReader in, OutputStream out) throws IOException {
        LineServer.say(out, "220 smtp.example.com ESMTP\r\n");
        boolean loggedIn = false;
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("EHLO")) {
                LineServer.say(
                        out,
                        "250-smtp.example.com at your service\r\n250-8BITMIME\r\n250 AUTH LOGIN PLAIN XOAUTH2\r\n");
            } else if (line.startsWith("AUTH XOAUTH2 ")) {
                var login = new String(Base64.getDecoder().decode(line.substring(13)), StandardCharsets.UTF_8);
                logins.add(login);
                loggedIn = login.equals("user=vorrang@example.com\u0001auth=Bearer " + validToken + "\u0001\u0001");
                if (loggedIn) {
                    LineServer.say(out, "235 2.7.0 Accepted\r\n");
                } else {
                    LineServer.say(
                            out,
                            "334 " + Base64.getEncoder().encodeToString(ERROR.getBytes(StandardCharsets.UTF_8))
                                    + "\r\n");
                    in.readLine();
                    LineServer.say(out, "535 5.7.8 Username and Password not accepted\r\n");
                }
            } else if (line.startsWith("DATA")) {
                LineServer.say(out, "354 Go ahead\r\n");
                mails.add(data(in));
                LineServer.say(out, "250 2.0.0 OK\r\n");
            } else if (line.startsWith("QUIT")) {
                LineServer.say(out, "221 2.0.0 closing connection\r\n");
                return;
            } else {
                LineServer.say(out, loggedIn ? "250 2.1.0 OK\r\n" : "530 5.7.0 Authentication Required\r\n");
            }
        }
    }

    private static String data(BufferedReader in) throws IOException {
        var text = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private SinkTaskRun run() {
        return new SinkTaskRun(
                new MailSinkTask(),
                ConnectorConfigs.with(
                        Map.of(
                                MailSinkSettings.HOST,
                                "localhost",
                                MailSinkSettings.PORT,
                                Integer.toString(server.port()),
                                MailSinkSettings.TLS.caFile(),
                                certificate.pem().toString(),
                                MailSinkSettings.TIMEOUT_MS,
                                "2000",
                                MailSinkSettings.FROM,
                                "vorrang@example.com",
                                MailSinkSettings.TO,
                                "night@example.com",
                                DeliverySettings.RATE,
                                "0"),
                        MailSinkSettings.LOGIN.user(),
                        "vorrang@example.com",
                        "smtp.oauth2.token.url",
                        "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/token",
                        "smtp.oauth2.client.id",
                        "client",
                        "smtp.oauth2.refresh.token",
                        "refresh"));
    }

    @Test
    void shouldLogInWithATokenAndKeepIt() {
        try (var run = run().put(TestActions.action(1), TestActions.action(2)).untilDone()) {
            assertThat(run.letters()).isEmpty();
        }
        assertThat(mails).hasSize(2).allMatch(mail -> mail.contains("Auto-Submitted: auto-generated"));
        assertThat(given).hasValue(1);
    }

    @Test
    void shouldTakeAnotherTokenAtOnceWhenTheFirstIsRefused() {
        validToken = "token-2";
        try (var run = run().put(TestActions.action(1)).untilDone()) {
            assertThat(run.letters()).isEmpty();
        }
        assertThat(mails).hasSize(1);
        assertThat(logins).hasSize(2);
    }

    @Test
    void shouldWaitWhenEveryTokenIsRefusedAndShowNone() {
        validToken = "none";
        try (var run = run().put(TestActions.action(1))) {
            assertThat(run.timeout()).isBetween(240_000L, 300_000L);
            assertThat(run.committed()).isZero();
            assertThat(run.letters()).isEmpty();
        }
        assertThat(logins).as("an account may be locked after a few").hasSize(2);
        assertThat(mails).isEmpty();
    }

    @Test
    void shouldWaitWhenTheRefreshTokenHasExpired() {
        tokenStatus = 400;
        try (var run = run().put(TestActions.action(1))) {
            assertThat(run.timeout()).isBetween(240_000L, 300_000L);
            assertThat(run.letters()).isEmpty();
        }
        assertThat(logins).isEmpty();
    }
}
