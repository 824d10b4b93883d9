package dev.vorrang.ingest.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One connection, from its begin to its end; there is a new one for each try, so that nothing of an old connection is left in the
 * client. Whoever makes it closes it.
 */
interface MqttLink extends AutoCloseable {

    /**
     * The broker's answer to an end of this subscription, which is none, says that it has seen what came before, the last
     * acknowledgements above all.
     */
    String NEVER_ASKED_FOR = "vorrang/never-asked-for";

    int FAREWELL_MS = 2_000;

    /** Is told of what comes, by the connection's own thread, which must not be kept waiting. */
    interface Listener {

        /**
         * The broker let the client in; no message came yet.
         *
         * @param resumed whether the broker still has the session
         */
        void connected(boolean resumed);

        void received(MqttMessage message);
    }

    /** Connects; done when the broker answered. */
    CompletableFuture<?> connect() throws IOException;

    /** Subscribes to the filters; done when the broker answered for all of them. */
    CompletableFuture<?> subscribe();

    /** Sends a message, QoS 0. */
    CompletableFuture<?> publish(String topic, byte[] payload);

    /** Completes with the cause when the connection has ended, or never began. */
    CompletableFuture<Throwable> ended();

    /** Disconnects; the broker keeps the session. */
    @Override
    void close();

    static MqttLink of(MqttBroker broker, MqttSubscription subscription, Listener listener) {
        return switch (broker.version()) {
            case V5 -> new Mqtt5Link(broker, subscription, listener);
            case V3_1_1 -> new Mqtt3Link(broker, subscription, listener);
        };
    }

    /** What both versions have in common. */
    static MqttClientBuilder client(MqttBroker broker, String clientId, CompletableFuture<Throwable> ended) {
        long timeout = broker.timeout().toMillis();
        var transport = MqttClientTransportConfig.builder()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .socketConnectTimeout(timeout, TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(timeout, TimeUnit.MILLISECONDS);
        broker.tls()
                .ifPresent(tls -> transport.sslConfig(MqttClientSslConfig.builder()
                        .trustManagerFactory(tls.trust().orElse(null))
                        .keyManagerFactory(tls.keys().orElse(null))
                        .handshakeTimeout(timeout, TimeUnit.MILLISECONDS)
                        .build()));
        return MqttClient.builder()
                .identifier(clientId)
                .transportConfig(transport.build())
                .addDisconnectedListener(context -> ended.complete(context.getCause()));
    }

    /** The client would silently send no more messages to a receiver that failed once; so the connection ends, and is made again. */
    static <P> Consumer<P> endingOnFailure(CompletableFuture<Throwable> ended, Consumer<P> receiver) {
        return publish -> {
            try {
                receiver.accept(publish);
            } catch (RuntimeException | Error e) {
                ended.complete(e);
                throw e;
            }
        };
    }

    /** An acknowledgement that is nothing once the connection has ended. */
    static Runnable acknowledgement(CompletableFuture<Throwable> ended, Runnable acknowledge) {
        return () -> {
            if (!ended.isDone()) {
                try {
                    acknowledge.run();
                } catch (RejectedExecutionException e) {
                    // It ended just now, and its thread with it: the broker sends the message again.
                }
            }
        };
    }

    /** Waits a moment, so that the broker learns of the end before the program may be over. */
    static void end(CompletableFuture<?> answer) {
        try {
            answer.get(FAREWELL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // There was no connection, or there is none any more.
        }
    }
}
