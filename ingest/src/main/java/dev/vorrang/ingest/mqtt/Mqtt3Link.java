package dev.vorrang.ingest.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.lifecycle.Mqtt3ClientConnectedContext;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A connection of MQTT 3.1.1. */
final class Mqtt3Link implements MqttLink {

    private final MqttBroker broker;
    private final MqttSubscription subscription;
    private final Listener listener;
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private final Mqtt3AsyncClient client;

    Mqtt3Link(MqttBroker broker, MqttSubscription subscription, Listener listener) {
        this.broker = broker;
        this.subscription = subscription;
        this.listener = listener;
        this.client = MqttLink.client(broker, subscription.clientId(), ended)
                .addConnectedListener(context -> listener.connected(
                        ((Mqtt3ClientConnectedContext) context).getConnAck().isSessionPresent()))
                .useMqttVersion3()
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, MqttLink.endingOnFailure(ended, this::receive), true);
    }

    private void receive(Mqtt3Publish publish) {
        listener.received(new MqttMessage(
                publish.getTopic().toString(),
                publish.getPayloadAsBytes(),
                publish.isRetain(),
                publish.getQos() != MqttQos.AT_MOST_ONCE,
                Instant.now(),
                MqttLink.acknowledgement(ended, publish::acknowledge)));
    }

    /** What every connection of a broker begins with; the password is read anew. */
    static Mqtt3ConnectBuilder connect(MqttBroker broker) throws IOException {
        var connect = Mqtt3Connect.builder().keepAlive((int) broker.keepAlive().toSeconds());
        if (broker.login().isPresent()) {
            var login = broker.login().get();
            connect.simpleAuth(Mqtt3SimpleAuth.builder()
                    .username(login.user())
                    .password(login.password().read().getBytes(StandardCharsets.UTF_8))
                    .build());
        }
        return connect;
    }

    @Override
    public CompletableFuture<?> connect() throws IOException {
        return client.connect(connect(broker).cleanSession(false).build());
    }

    @Override
    public CompletableFuture<?> subscribe() {
        var filters = subscription.filters().stream().map(filter -> Mqtt3Subscription.builder()
                .topicFilter(subscription.asked(filter))
                .qos(MqttQos.fromCode(subscription.qos()))
                .build());
        return client.subscribe(
                Mqtt3Subscribe.builder().addSubscriptions(filters).build());
    }

    @Override
    public CompletableFuture<?> publish(String topic, byte[] payload) {
        return client.publishWith().topic(topic).payload(payload).send();
    }

    @Override
    public CompletableFuture<Throwable> ended() {
        return ended;
    }

    @Override
    public void close() {
        if (!ended.isDone()) {
            MqttLink.end(client.unsubscribeWith().topicFilter(NEVER_ASKED_FOR).send());
        }
        MqttLink.end(client.disconnect());
    }
}
