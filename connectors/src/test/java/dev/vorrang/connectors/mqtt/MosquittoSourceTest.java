package dev.vorrang.connectors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.vorrang.connectors.imap.TestCertificate;
import dev.vorrang.ingest.connection.ClientCertificate;
import dev.vorrang.ingest.connection.TrustedCertificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/** The task and Mosquitto, with what only a broker with users and certificates can show. */
class MosquittoSourceTest extends MqttSourceContract {

    @Override
    Broker start(Path folder) throws Exception {
        return MosquittoBroker.open(folder);
    }

    /** Version 2.0.11 sends more after acknowledgements and when a session goes on. */
    @Override
    boolean keepsToTheReceiveMaximum() {
        return false;
    }

    private static Map<String, String> config(int port) {
        var config = new HashMap<String, String>();
        config.put(MqttSettings.HOST, "localhost");
        config.put(MqttSettings.PORT, Integer.toString(port));
        config.put(MqttSettings.SECURITY, "none");
        config.put(MqttSettings.CLIENT_ID, "vorrang");
        config.put(MqttSettings.FILTERS, "plant/+");
        config.put(PayloadSettings.TEMPLATE, "plant/{machine}");
        return config;
    }

    @Test
    void shouldSayThatTheLoginIsRefusedButNotThePassword() throws Exception {
        Path folder = Files.createDirectories(this.folder.resolve("locked"));
        Path passwords = MosquittoBroker.passwords(folder, "anna", "correct horse");
        try (var locked = MosquittoBroker.start(folder, "allow_anonymous false\npassword_file " + passwords)) {
            for (String version : new String[] {"5", "3.1.1"}) {
                var config = config(locked.port());
                config.put(MqttSettings.LOGIN.user(), "anna");
                config.put(MqttSettings.LOGIN.password(), "battery staple");
                config.put(MqttSettings.VERSION, version);
                try (var run = new MqttTaskRun(config, new HashMap<>())) {
                    assertThatThrownBy(() -> run.take(1))
                            .isInstanceOf(ConnectException.class)
                            .hasMessageContaining("localhost:" + locked.port() + " refuses user 'anna'")
                            .hasMessageContaining("NOT_AUTHORIZED")
                            .hasMessageNotContaining("staple");
                }
            }
        }
    }

    @Test
    void shouldProveWhoItIsWithACertificate() throws Exception {
        Path folder = Files.createDirectories(this.folder.resolve("tls"));
        var certificate = TestCertificate.make(folder);
        try (var secure = MosquittoBroker.start(folder, """
                allow_anonymous true
                cafile %1$s
                certfile %1$s
                keyfile %2$s
                require_certificate true
                """.formatted(certificate.pem(), certificate.key()))) {
            var config = config(secure.port());
            config.put(MqttSettings.SECURITY, "tls");
            config.put(MqttSettings.TLS.caFile(), certificate.pem().toString());
            config.put(MqttSettings.TLS.certificateFile(), certificate.pem().toString());
            config.put(MqttSettings.TLS.keyFile(), certificate.key().toString());
            try (var run = new MqttTaskRun(config, new HashMap<>())) {
                await("a reading").atMost(Duration.ofMinutes(2)).until(() -> {
                    publish(secure.port(), certificate);
                    return run.poll() > 0;
                });
                assertThat(run.texts()).contains("press {n=1.0} []");
            }
            var distrusting = new HashMap<>(config);
            distrusting.remove(MqttSettings.TLS.caFile());
            try (var run = new MqttTaskRun(distrusting, new HashMap<>())) {
                assertThatThrownBy(() -> run.take(1))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("TLS failed");
            }
        }
    }

    private static void publish(int port, TestCertificate certificate) throws Exception {
        var client = Mqtt5Client.builder()
                .serverHost("localhost")
                .serverPort(port)
                .sslConfig(MqttClientSslConfig.builder()
                        .trustManagerFactory(TrustedCertificates.pem(certificate.pem()))
                        .keyManagerFactory(
                                ClientCertificate.store(certificate.store(), TestCertificate.PASSWORD.toCharArray()))
                        .build())
                .buildBlocking();
        client.connect();
        client.publishWith()
                .topic("plant/press")
                .payload("{\"n\":1}".getBytes(StandardCharsets.UTF_8))
                .send();
        client.disconnect();
    }
}
