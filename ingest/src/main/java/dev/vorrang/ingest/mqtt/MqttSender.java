package dev.vorrang.ingest.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One connection that sends, from its begin to its end, in either version of the protocol. */
interface MqttSender {

    CompletableFuture<?> connect() throws IOException;

    /** Completes when the broker has the message, with an error if it refuses it. */
    CompletableFuture<Optional<Throwable>> publish(String topic, byte[] payload, int qos, boolean retain);

    boolean isConnected();

    CompletableFuture<?> disconnect();

    static MqttSender of(MqttBroker broker, String clientId) {
        var builder = MqttLink.client(broker, clientId, new CompletableFuture<>());
        return switch (broker.version()) {
            case V5 -> new V5(broker, builder.useMqttVersion5().buildAsync());
            case V3_1_1 -> new V3(broker, builder.useMqttVersion3().buildAsync());
        };
    }

    /** A connection of MQTT 5. */
    record V5(MqttBroker broker, Mqtt5AsyncClient client) implements MqttSender {

        @Override
        public CompletableFuture<?> connect() throws IOException {
            return client.connect(Mqtt5Link.connect(broker).cleanStart(true).build());
        }

        @Override
        public CompletableFuture<Optional<Throwable>> publish(String topic, byte[] payload, int qos, boolean retain) {
            return client.publishWith()
                    .topic(topic)
                    .payload(payload)
                    .qos(MqttQos.fromCode(qos))
                    .retain(retain)
                    .send()
                    .thenApply(Mqtt5PublishResult::getError);
        }

        @Override
        public boolean isConnected() {
            return client.getState().isConnected();
        }

        @Override
        public CompletableFuture<?> disconnect() {
            return client.disconnect();
        }
    }

    /** A connection of MQTT 3.1.1, whose acknowledgements refuse nothing. */
    record V3(MqttBroker broker, Mqtt3AsyncClient client) implements MqttSender {

        @Override
        public CompletableFuture<?> connect() throws IOException {
            return client.connect(Mqtt3Link.connect(broker).cleanSession(true).build());
        }

        @Override
        public CompletableFuture<Optional<Throwable>> publish(String topic, byte[] payload, int qos, boolean retain) {
            return client.publishWith()
                    .topic(topic)
                    .payload(payload)
                    .qos(MqttQos.fromCode(qos))
                    .retain(retain)
                    .send()
                    .thenApply(sent -> Optional.empty());
        }

        @Override
        public boolean isConnected() {
            return client.getState().isConnected();
        }

        @Override
        public CompletableFuture<?> disconnect() {
            return client.disconnect();
        }
    }
}
