package dev.vorrang.ingest.mqtt;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;

/** Tells refusals, which a person must do something about, from troubles that pass. No text shows a password. */
final class Refusals {

    private static final Set<Mqtt5ConnAckReasonCode> PASSING = Set.of(
            Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE,
            Mqtt5ConnAckReasonCode.SERVER_BUSY,
            Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED,
            Mqtt5ConnAckReasonCode.CONNECTION_RATE_EXCEEDED,
            Mqtt5ConnAckReasonCode.UNSPECIFIED_ERROR);

    private Refusals() {}

    /** What the broker, or the client itself, refuses for good; empty if it is worth another try. */
    static Optional<String> of(Throwable cause, MqttBroker broker, MqttSubscription subscription) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof Mqtt5ConnAckException refused
                    && !PASSING.contains(refused.getMqttMessage().getReasonCode())) {
                return Optional.of(
                        login(broker, refused.getMqttMessage().getReasonCode().name()));
            }
            if (each instanceof Mqtt3ConnAckException refused
                    && refused.getMqttMessage().getReturnCode() != Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE) {
                return Optional.of(
                        login(broker, refused.getMqttMessage().getReturnCode().name()));
            }
            if (each instanceof Mqtt5SubAckException refused) {
                return Optional.of(subscription(
                        broker, subscription, refused.getMqttMessage().getReasonCodes()));
            }
            if (each instanceof Mqtt3SubAckException refused) {
                return Optional.of(subscription(
                        broker, subscription, refused.getMqttMessage().getReturnCodes()));
            }
            if (each instanceof SSLHandshakeException || each instanceof CertificateException) {
                return Optional.of(broker.address() + ": TLS failed: " + each.getMessage());
            }
        }
        return Optional.empty();
    }

    private static String login(MqttBroker broker, String code) {
        String who = broker.login().map(login -> "user '" + login.user() + "'").orElse("a client without a user");
        return broker.address() + " refuses " + who + ": " + code;
    }

    private static String subscription(MqttBroker broker, MqttSubscription subscription, Object codes) {
        return broker.address() + " refuses a subscription: " + subscription.filters() + " got " + codes;
    }

    /** Another client took the session. */
    static boolean isTakenOver(Throwable cause) {
        return cause instanceof Mqtt5DisconnectException ended
                && ended.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER;
    }

    /** The client hung up on a broker that sent more than it may (Mosquitto 2.0.11 does after a connection was resumed). */
    static boolean isReceiveMaximumExceeded(Throwable cause) {
        return cause instanceof Mqtt5DisconnectException ended
                && ended.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED;
    }
}
