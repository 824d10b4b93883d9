package dev.vorrang.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.imap.ImapSettings;
import dev.vorrang.connectors.imap.LineServer;
import dev.vorrang.connectors.imap.TestCertificate;
import dev.vorrang.connectors.mqtt.MqttSettings;
import dev.vorrang.connectors.settings.TlsSettings;
import dev.vorrang.connectors.sink.http.HttpSinkSettings;
import dev.vorrang.connectors.sink.http.HttpSinkTask;
import dev.vorrang.connectors.sink.imap.ImapSinkSettings;
import dev.vorrang.connectors.sink.imap.ImapSinkTask;
import dev.vorrang.connectors.sink.mail.MailSinkSettings;
import dev.vorrang.connectors.sink.mail.MailSinkTask;
import dev.vorrang.connectors.sink.mqtt.MqttSinkSettings;
import dev.vorrang.connectors.sink.mqtt.MqttSinkTask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that does wrong what any server may do wrong: each sink comes back from it, and loses nothing. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SinkFaultsTest {

    /** What reaches a server first. */
    enum Sink {
        HTTP(HttpSinkTask::new, HttpSinkSettings.TLS, Map.of(HttpSinkSettings.TIMEOUT_MS, "300")),
        MAIL(
                MailSinkTask::new,
                MailSinkSettings.TLS,
                Map.of(
                        MailSinkSettings.HOST, "localhost",
                        MailSinkSettings.TIMEOUT_MS, "300",
                        MailSinkSettings.ATTEMPT_TIMEOUT_MS, "1000",
                        MailSinkSettings.FROM, "vorrang@example.com",
                        MailSinkSettings.TO, "night@example.com")),
        IMAP(
                ImapSinkTask::new,
                ImapSettings.TLS,
                Map.of(
                        ImapSettings.HOST,
                        "localhost",
                        ImapSettings.TIMEOUT_MS,
                        "300",
                        ImapSinkSettings.ATTEMPT_TIMEOUT_MS,
                        "1000",
                        ImapSettings.LOGIN.user(),
                        "anna",
                        ImapSettings.LOGIN.password(),
                        "correct horse",
                        ImapSinkSettings.FLAGS,
                        "$Urgent")),
        MQTT(
                MqttSinkTask::new,
                MqttSettings.TLS,
                Map.of(
                        MqttSettings.HOST, "localhost",
                        MqttSettings.TIMEOUT_MS, "300",
                        MqttSettings.CLIENT_ID, "vorrang",
                        MqttSinkSettings.TOPIC, "plant/lamp"));

        private final Supplier<SinkTask> task;
        private final TlsSettings trust;
        private final Map<String, String> settings;

        Sink(Supplier<SinkTask> task, TlsSettings trust, Map<String, String> settings) {
            this.task = task;
            this.trust = trust;
            this.settings = settings;
        }

        SinkTaskRun run(int port, boolean tls, String... more) {
            String security = tls ? "tls" : "none";
            var config = ConnectorConfigs.with(
                    ConnectorConfigs.with(
                            settings,
                            DeliverySettings.BACKOFF_MS,
                            "5",
                            DeliverySettings.MAX_MS,
                            "20",
                            DeliverySettings.CIRCUIT_PAUSE_MS,
                            "20",
                            DeliverySettings.RATE,
                            "0"),
                    switch (this) {
                        case HTTP ->
                            new String[] {
                                HttpSinkSettings.URL,
                                (tls ? "https" : "http") + "://localhost:" + port + "/",
                                HttpSinkSettings.SECURITY,
                                security
                            };
                        case MAIL ->
                            new String[] {
                                MailSinkSettings.PORT, Integer.toString(port), MailSinkSettings.SECURITY, security
                            };
                        case IMAP ->
                            new String[] {ImapSettings.PORT, Integer.toString(port), ImapSettings.SECURITY, security};
                        case MQTT ->
                            new String[] {MqttSettings.PORT, Integer.toString(port), MqttSettings.SECURITY, security};
                    });
            return new SinkTaskRun(task.get(), ConnectorConfigs.with(config, more));
        }
    }

    /** Head of a record (RFC 8446, 5.1) that is longer than any test. */
    private static final byte[] HANDSHAKE_OF_16_KIB = {22, 3, 3, 64, 0};

    /** MQTT 5.0, 3.2: success, without properties. */
    private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};

    @TempDir
    private Path folder;

    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    /** Two calls, as Connect makes them: each comes back, nothing is committed, nothing goes to the dead letters. */
    private void expectNothingLost(Sink sink, int port, boolean tls, String... more) {
        try (var run = sink.run(port, tls, more)) {
            run.put(TestActions.action(1)).until("another attempt", () -> connections.get() >= 2);
            assertThat(run.committed()).isZero();
            assertThat(run.letters()).isEmpty();
        } finally {
            over.countDown();
        }
    }

    private void hang() throws IOException {
        try {
            over.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeBackFromAServerThatAcceptsAndNeverAnswers(Sink sink) throws IOException {
        try (var server = new LineServer((in, out) -> {
            connections.incrementAndGet();
            hang();
        })) {
            expectNothingLost(sink, server.port(), false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeBackFromAServerThatEndsEachConnection(Sink sink) throws IOException {
        try (var server = new LineServer((in, out) -> connections.incrementAndGet())) {
            expectNothingLost(sink, server.port(), false);
        }
    }

    /** A byte now and then, without an end: each read gets something in time. */
    @ParameterizedTest
    @EnumSource
    void shouldComeBackFromAServerThatAnswersByteByByteWithoutEnd(Sink sink) throws IOException {
        try (var server = new LineServer((in, out) -> drip(out))) {
            expectNothingLost(sink, server.port(), false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeBackFromAServerWhoseTlsHandshakeComesByteByByteWithoutEnd(Sink sink) throws IOException {
        try (var server = new LineServer((in, out) -> {
            out.write(HANDSHAKE_OF_16_KIB);
            drip(out);
        })) {
            expectNothingLost(sink, server.port(), true);
        }
    }

    /** The connection must be cut below TLS, which would wait for the server's farewell. */
    @ParameterizedTest
    @EnumSource
    void shouldComeBackFromATrustedServerThatAnswersByteByByteWithoutEnd(Sink sink) throws Exception {
        var certificate = TestCertificate.make(folder);
        try (var server = LineServer.secure(certificate, (in, out) -> drip(out))) {
            expectNothingLost(
                    sink,
                    server.port(),
                    true,
                    sink.trust.caFile(),
                    certificate.pem().toString());
        }
    }

    @Test
    void shouldComeBackFromABrokerThatAcknowledgesByteByByteWithoutEnd() throws IOException {
        try (var server = new LineServer((in, out) -> {
            out.write(CONNACK);
            drip(out);
        })) {
            expectNothingLost(Sink.MQTT, server.port(), false);
        }
    }

    private void drip(OutputStream out) throws IOException {
        connections.incrementAndGet();
        try {
            while (!over.await(50, TimeUnit.MILLISECONDS)) {
                out.write('2');
                out.flush();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayNothingToAServerWhoseCertificateIsNotTrusted(Sink sink) throws Exception {
        var heard = new AtomicInteger();
        try (var server = LineServer.secure(TestCertificate.make(folder), (in, out) -> {
            connections.incrementAndGet();
            if (in.read() >= 0) {
                heard.incrementAndGet();
            }
        })) {
            try (var run = sink.run(server.port(), true)) {
                run.put(TestActions.action(1)).until("an attempt", () -> connections.get() >= 1);
                assertThat(run.committed()).isZero();
                assertThat(run.letters()).isEmpty();
            }
        }
        assertThat(heard).hasValue(0);
    }
}
