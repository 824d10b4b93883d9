package dev.vorrang.connectors.mqtt;

import dev.vorrang.ingest.connection.ClientCertificate;
import dev.vorrang.ingest.connection.TrustedCertificates;
import dev.vorrang.ingest.mqtt.MessageDecoder;
import dev.vorrang.ingest.mqtt.MqttBroker;
import dev.vorrang.ingest.mqtt.MqttSubscription;
import dev.vorrang.ingest.mqtt.TopicReadings;
import dev.vorrang.ingest.sparkplug.SparkplugReadings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the MQTT source, as typed values. {@link MqttSettings} has their names and what is allowed. */
public final class MqttSourceConfig extends AbstractConfig {

    private static final int TLS_PORT = 8_883;
    private static final int PLAIN_PORT = 1_883;

    /**
     * @param properties as Connect gives them
     * @throws ConfigException if a setting is missing or wrong
     */
    public MqttSourceConfig(Map<String, String> properties) {
        super(MqttSettings.DEFINITION, properties, false);
        var problems = MqttProblems.of(properties);
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
    }

    String clientId() {
        return getString(MqttSettings.CLIENT_ID);
    }

    /** Topic filters, each once. */
    List<String> filters() {
        return getList(MqttSettings.FILTERS).stream().distinct().toList();
    }

    Optional<String> shareGroup() {
        return given(MqttSettings.SHARE_GROUP);
    }

    /** Topic of the readings. */
    String topic() {
        return getString(MqttSettings.TOPIC);
    }

    /** Topic of what is none. */
    String deadLetterTopic() {
        return getString(MqttSettings.DEAD_LETTER_TOPIC);
    }

    /** Most messages that a poll reads. */
    int batchSize() {
        return getInt(MqttSettings.BATCH_SIZE);
    }

    /**
     * The broker.
     *
     * @throws ConfigException if a file with certificates cannot be used
     */
    MqttBroker broker() {
        boolean tls = "tls".equalsIgnoreCase(getString(MqttSettings.SECURITY));
        int port = getInt(MqttSettings.PORT);
        int usualPort = tls ? TLS_PORT : PLAIN_PORT;
        return new MqttBroker(
                getString(MqttSettings.HOST),
                port == 0 ? usualPort : port,
                getString(MqttSettings.VERSION).equals("5") ? MqttBroker.Version.V5 : MqttBroker.Version.V3_1_1,
                tls ? Optional.of(tls()) : Optional.empty(),
                given(MqttSettings.USER).map(user -> new MqttBroker.Login(user, password())),
                Duration.ofMillis(getLong(MqttSettings.TIMEOUT_MS)),
                Duration.ofSeconds(getInt(MqttSettings.KEEP_ALIVE_S)));
    }

    /** What is read of it. */
    MqttSubscription subscription() {
        return new MqttSubscription(
                clientId(),
                filters(),
                shareGroup(),
                getInt(MqttSettings.QOS),
                getInt(MqttSettings.RECEIVE_MAXIMUM),
                getInt(MqttSettings.MAX_PACKET_BYTES),
                Duration.ofSeconds(getLong(MqttSettings.SESSION_EXPIRY_S)),
                Duration.ofMillis(getLong(MqttSettings.RETRY_MAX_MS)));
    }

    /**
     * What makes readings of messages.
     *
     * @param publisher takes topic and payload of what has to be sent
     */
    MessageDecoder decoder(MqttBroker broker, BiConsumer<String, byte[]> publisher) {
        if (getString(PayloadSettings.FORMAT).equals(PayloadSettings.SPARKPLUG)) {
            return new SparkplugReadings(broker, publisher);
        }
        return new TopicReadings(broker, PayloadSettings.template(this), PayloadSettings.decoder(this));
    }

    private MqttBroker.Password password() {
        return given(MqttSettings.PASSWORD_FILE)
                .map(file -> MqttBroker.Password.file(Path.of(file)))
                .orElseGet(() -> MqttBroker.Password.of(
                        getPassword(MqttSettings.PASSWORD).value()));
    }

    private MqttBroker.Tls tls() {
        try {
            return new MqttBroker.Tls(trust(), keys());
        } catch (IOException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private Optional<TrustManagerFactory> trust() throws IOException {
        var pem = given(MqttSettings.TLS_CA_FILE);
        if (pem.isPresent()) {
            return Optional.of(TrustedCertificates.pem(Path.of(pem.get())));
        }
        var store = given(MqttSettings.TLS_TRUSTSTORE_FILE);
        if (store.isPresent()) {
            var password = getPassword(MqttSettings.TLS_TRUSTSTORE_PASSWORD).value();
            return Optional.of(TrustedCertificates.store(
                    Path.of(store.get()), password.isEmpty() ? null : password.toCharArray()));
        }
        return Optional.empty();
    }

    private Optional<KeyManagerFactory> keys() throws IOException {
        var pem = given(MqttSettings.TLS_CERTIFICATE_FILE);
        if (pem.isPresent()) {
            return Optional.of(
                    ClientCertificate.pem(Path.of(pem.get()), Path.of(getString(MqttSettings.TLS_KEY_FILE))));
        }
        var store = given(MqttSettings.TLS_KEYSTORE_FILE);
        if (store.isPresent()) {
            var password = getPassword(MqttSettings.TLS_KEYSTORE_PASSWORD).value();
            return Optional.of(ClientCertificate.store(Path.of(store.get()), password.toCharArray()));
        }
        return Optional.empty();
    }

    private Optional<String> given(String name) {
        return Optional.of(getString(name)).filter(value -> !value.isEmpty());
    }
}
