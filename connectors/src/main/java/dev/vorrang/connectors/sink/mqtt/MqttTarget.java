package dev.vorrang.connectors.sink.mqtt;

import dev.vorrang.connectors.sink.ActionTemplate;
import dev.vorrang.connectors.sink.ActionValues;
import dev.vorrang.connectors.sink.DeliveryException;
import dev.vorrang.connectors.sink.JsonText;
import dev.vorrang.connectors.sink.Target;
import dev.vorrang.ingest.mqtt.MqttPublisher;
import dev.vorrang.ingest.mqtt.MqttRefusedException;
import dev.vorrang.schemas.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends each action as one message. */
final class MqttTarget implements Target {

    private final MqttSinkConfig config;
    private final MqttPublisher publisher;
    private final ActionTemplate topic;
    private final ActionTemplate payload;

    /** @throws org.apache.kafka.common.config.ConfigException if a file with certificates cannot be used */
    MqttTarget(MqttSinkConfig config) {
        this.config = config;
        this.publisher = new MqttPublisher(config.broker(), config.clientId());
        this.topic = config.topic();
        this.payload = config.payload();
    }

    @Override
    public void deliver(List<Action> actions) throws DeliveryException, InterruptedException {
        for (var action : actions) {
            var values = ActionValues.of(action, Map.of());
            var name = topic.render(values);
            if (!MqttPublisher.isTopic(name)) {
                throw DeliveryException.refused(
                        "the topic is '" + name + "' for this action: allowed is a name without an empty level", null);
            }
            send(name, config.clears() && ActionValues.isCleared(action) ? "" : payload(values));
        }
    }

    private String payload(Map<String, Object> values) throws DeliveryException {
        var text = payload.render(values);
        if (config.isJson()) {
            JsonText.check(text);
        }
        return text;
    }

    private void send(String name, String text) throws DeliveryException, InterruptedException {
        try {
            publisher.publish(name, text.getBytes(StandardCharsets.UTF_8), config.qos(), config.retain());
        } catch (MqttPublisher.RefusedException e) {
            // A right that is missing may be the topic's or the client's.
            throw DeliveryException.failed(e.getMessage() + ", topic " + name, e);
        } catch (MqttRefusedException e) {
            throw DeliveryException.unavailable(e.getMessage(), Optional.empty());
        } catch (IOException e) {
            throw DeliveryException.unavailable(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        publisher.close();
    }
}
