package dev.vorrang.ingest.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientConnectedContext;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A connection of MQTT 5. */
final class Mqtt5Link implements MqttLink {

    private final MqttBroker broker;
    private final MqttSubscription subscription;
    private final Listener listener;
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private final Mqtt5AsyncClient client;

    Mqtt5Link(MqttBroker broker, MqttSubscription subscription, Listener listener) {
        this.broker = broker;
        this.subscription = subscription;
        this.listener = listener;
        this.client = MqttLink.client(broker, subscription.clientId(), ended)
                .addConnectedListener(context -> listener.connected(
                        ((Mqtt5ClientConnectedContext) context).getConnAck().isSessionPresent()))
                .useMqttVersion5()
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, MqttLink.endingOnFailure(ended, this::receive), true);
    }

    private void receive(Mqtt5Publish publish) {
        listener.received(new MqttMessage(
                publish.getTopic().toString(),
                publish.getPayloadAsBytes(),
                publish.isRetain(),
                publish.getQos() != MqttQos.AT_MOST_ONCE,
                Instant.now(),
                MqttLink.acknowledgement(ended, publish::acknowledge)));
    }

    /** What every connection of a broker begins with; the password is read anew. */
    static Mqtt5ConnectBuilder connect(MqttBroker broker) throws IOException {
        var connect = Mqtt5Connect.builder().keepAlive((int) broker.keepAlive().toSeconds());
        if (broker.login().isPresent()) {
            var login = broker.login().get();
            connect.simpleAuth(Mqtt5SimpleAuth.builder()
                    .username(login.user())
                    .password(login.password().read().getBytes(StandardCharsets.UTF_8))
                    .build());
        }
        return connect;
    }

    @Override
    public CompletableFuture<?> connect() throws IOException {
        return client.connect(connect(broker)
                .cleanStart(false)
                .sessionExpiryInterval(subscription.sessionExpiry().toSeconds())
                .restrictions()
                .receiveMaximum(subscription.receiveMaximum())
                .maximumPacketSize(subscription.longestPacket())
                .applyRestrictions()
                .build());
    }

    @Override
    public CompletableFuture<?> subscribe() {
        var filters = subscription.filters().stream().map(filter -> Mqtt5Subscription.builder()
                .topicFilter(subscription.asked(filter))
                .qos(MqttQos.fromCode(subscription.qos()))
                .retainHandling(Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST)
                .build());
        return client.subscribe(
                Mqtt5Subscribe.builder().addSubscriptions(filters).build());
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
