package dev.vorrang.ingest.mqtt;

import dev.vorrang.ingest.connection.Password;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where the broker is, and what a client says to be let in.
 *
 * @param tls empty: everything goes over the wire as it is
 * @param login empty: no user; a certificate may say who it is
 * @param timeout longest wait for a connection and each answer
 * @param keepAlive longest silence before the client asks whether the broker is still there, in whole seconds
 */
public record MqttBroker(
        String host,
        int port,
        Version version,
        Optional<Tls> tls,
        Optional<Login> login,
        Duration timeout,
        Duration keepAlive) {

    /** Version of the protocol. */
    public enum Version {
        V3_1_1,
        V5
    }

    /**
     * Whom to trust and what to prove oneself with. The broker's name is checked either way.
     *
     * @param trust empty: whom Java trusts
     * @param keys empty: no certificate of the client's
     */
    public record Tls(Optional<TrustManagerFactory> trust, Optional<KeyManagerFactory> keys) {}

    /** A user with a password. */
    public record Login(String user, Password password) {}

    /** Host and port, for messages. */
    String address() {
        return host + ":" + port;
    }

    /** Where a topic is, as a URL. */
    public String url(String topic) {
        return (tls.isPresent() ? "mqtts://" : "mqtt://") + host + ":" + port + "/" + topic;
    }
}
