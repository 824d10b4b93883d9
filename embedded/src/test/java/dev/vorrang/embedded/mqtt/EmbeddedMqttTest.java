package dev.vorrang.embedded.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMqttTest {

    @TempDir
    Path folder;

    private static Mqtt5BlockingClient unconnected(EmbeddedMqtt broker, String id) {
        return Mqtt5Client.builder()
                .identifier(id)
                .serverHost(broker.uri().getHost())
                .serverPort(broker.port())
                .buildBlocking();
    }

    private static Mqtt5BlockingClient client(EmbeddedMqtt broker, String id) {
        var client = unconnected(broker, id);
        client.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();
        return client;
    }

    private static void publish(EmbeddedMqtt broker, String topic, boolean retain, String... payloads) {
        var client = client(broker, "publisher");
        for (var payload : payloads) {
            client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retain(retain)
                    .payload(payload.getBytes(StandardCharsets.UTF_8))
                    .send();
        }
        client.disconnect();
    }

    private static String text(Mqtt5Publish message) {
        return new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldKeepMessagesOfASessionThatIsAwayOverARestart() throws InterruptedException {
        try (var broker = EmbeddedMqtt.start(folder, 0)) {
            var subscriber = client(broker, "subscriber");
            subscriber
                    .subscribeWith()
                    .topicFilter("plant/+/data")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            subscriber.disconnectWith().sessionExpiryInterval(3_600).send();
            publish(broker, "plant/press.1/data", false, "1", "2");
        }
        try (var broker = EmbeddedMqtt.start(folder, 0)) {
            var subscriber = unconnected(broker, "subscriber");
            try (var messages = subscriber.publishes(MqttGlobalPublishFilter.ALL)) {
                assertThat(subscriber
                                .connectWith()
                                .cleanStart(false)
                                .sessionExpiryInterval(3_600)
                                .send()
                                .isSessionPresent())
                        .isTrue();
                for (var expected : List.of("1", "2")) {
                    var message = messages.receive(10, TimeUnit.SECONDS);
                    assertThat(message).map(EmbeddedMqttTest::text).hasValue(expected);
                    assertThat(message.orElseThrow().getTopic()).hasToString("plant/press.1/data");
                }
            }
            subscriber.disconnect();
        }
    }

    @Test
    void shouldDeliverInTheOrderOfSendingHoweverFewMayBeUnderWay() throws InterruptedException {
        int count = 2_000;
        try (var broker = EmbeddedMqtt.start(folder, 0)) {
            var subscriber = unconnected(broker, "subscriber");
            subscriber
                    .connectWith()
                    .restrictions()
                    .receiveMaximum(10)
                    .applyRestrictions()
                    .send();
            subscriber
                    .subscribeWith()
                    .topicFilter("plant/#")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            var publisher = client(broker, "publisher").toAsync();
            var received = new ArrayList<String>();
            try (var messages = subscriber.publishes(MqttGlobalPublishFilter.ALL)) {
                for (int i = 0; i < count; i++) {
                    publisher
                            .publishWith()
                            .topic("plant/press.1/data")
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .payload(Integer.toString(i).getBytes(StandardCharsets.UTF_8))
                            .send();
                }
                for (int i = 0; i < count; i++) {
                    messages.receive(10, TimeUnit.SECONDS)
                            .map(EmbeddedMqttTest::text)
                            .ifPresent(received::add);
                }
            }
            assertThat(received)
                    .containsExactlyElementsOf(IntStream.range(0, count)
                            .mapToObj(Integer::toString)
                            .toList());
            publisher.disconnect().join();
            subscriber.disconnect();
        }
    }

    @Test
    void shouldRetainTheLastMessageOverARestart() throws InterruptedException {
        try (var broker = EmbeddedMqtt.start(folder, 0)) {
            publish(broker, "plant/state", true, "off", "on");
        }
        try (var broker = EmbeddedMqtt.start(folder, 0)) {
            var subscriber = client(broker, "subscriber");
            try (var messages = subscriber.publishes(MqttGlobalPublishFilter.ALL)) {
                subscriber.subscribeWith().topicFilter("plant/#").send();
                assertThat(messages.receive(10, TimeUnit.SECONDS))
                        .map(EmbeddedMqttTest::text)
                        .hasValue("on");
            }
            subscriber.disconnect();
        }
    }

    @Test
    void shouldRefuseAPortAndAFolderThatAreTaken() {
        try (var broker = EmbeddedMqtt.start(folder, 0)) {
            assertThatThrownBy(() -> EmbeddedMqtt.start(folder.resolve("other"), broker.port()))
                    .isInstanceOf(EmbeddedMqttException.class)
                    .hasMessageContaining("port " + broker.port())
                    .hasMessageContaining("is taken");
            assertThatThrownBy(() -> EmbeddedMqtt.start(folder, 0))
                    .isInstanceOf(EmbeddedMqttException.class)
                    .hasMessageContaining(folder.toString());
        }
    }
}
