package dev.vorrang.ingest.mqtt;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends messages one after the other, each done when the broker has it. Connects when there is something to send, and again after
 * the connection was lost; there is no session that outlives it. One thread uses it.
 */
public final class MqttPublisher implements AutoCloseable {

    /** Most bytes of a topic's name (MQTT 5.0, 1.5.4). */
    private static final int MAX_TOPIC_BYTES = 65_535;

    /** What became of a message that the broker does not have. */
    public static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final MqttBroker broker;
    private final String clientId;
    private MqttSender sender;

    /** Does not connect. */
    public MqttPublisher(MqttBroker broker, String clientId) {
        this.broker = broker;
        this.clientId = clientId;
    }

    /**
     * Sends a message.
     *
     * @param topic without wildcards
     * @param qos 0, 1 or 2; with 0 it is done when it is written to the connection
     * @throws RefusedException if the broker refuses this message
     * @throws MqttRefusedException if the broker refuses the client, or is not trusted
     * @throws IOException if the broker is not reached or does not answer in time
     */
    public void publish(String topic, byte[] payload, int qos, boolean retain)
            throws RefusedException, MqttRefusedException, IOException, InterruptedException {
        connect();
        try {
            await(sender.publish(topic, payload, qos, retain)).ifPresent(error -> {
                throw new IllegalStateException(error);
            });
        } catch (ExecutionException | IllegalStateException e) {
            var refusal = refusal(e);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            disconnect();
            throw new IOException(broker.address() + " does not take a message: " + reason(e), e);
        } catch (TimeoutException e) {
            disconnect();
            throw new IOException(
                    broker.address() + " does not acknowledge a message within "
                            + broker.timeout().toMillis() + " ms",
                    e);
        }
    }

    private void connect() throws MqttRefusedException, IOException, InterruptedException {
        if (sender != null && sender.isConnected()) {
            return;
        }
        disconnect();
        sender = MqttSender.of(broker, clientId);
        try {
            await(sender.connect());
        } catch (ExecutionException e) {
            disconnect();
            var refusal = Refusals.of(e, broker, null);
            if (refusal.isPresent()) {
                throw new MqttRefusedException(refusal.get(), e);
            }
            throw new IOException("no connection to " + broker.address() + ": " + reason(e), e);
        } catch (TimeoutException e) {
            disconnect();
            throw new IOException("no connection to " + broker.address() + " in time", e);
        }
    }

    private <T> T await(CompletableFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(broker.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Optional<RefusedException> refusal(Throwable cause) {
        for (var each = cause; each != null; each = each.getCause()) {
            if (each instanceof Mqtt5PubAckException refused) {
                return Optional.of(refused(refused.getMqttMessage().getReasonCode(), cause));
            }
            if (each instanceof Mqtt5PubRecException refused) {
                return Optional.of(refused(refused.getMqttMessage().getReasonCode(), cause));
            }
        }
        return Optional.empty();
    }

    private RefusedException refused(Enum<?> code, Throwable cause) {
        return new RefusedException(broker.address() + " refuses a message: " + code.name(), cause);
    }

    private static String reason(Throwable cause) {
        var last = cause;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }

    /**
     * Whether a message can be sent to a topic: at least one character, no wildcard, no empty level, not one of the broker's own.
     */
    public static boolean isTopic(String topic) {
        return !topic.isEmpty()
                && topic.getBytes(StandardCharsets.UTF_8).length <= MAX_TOPIC_BYTES
                && topic.chars().noneMatch(each -> each == '+' || each == '#' || Character.isISOControl(each))
                && !topic.startsWith("$")
                && !("/" + topic + "/").contains("//");
    }

    private void disconnect() {
        if (sender != null) {
            MqttLink.end(sender.disconnect());
            sender = null;
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
