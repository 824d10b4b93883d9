package dev.vorrang.connectors.sink.mqtt;

import dev.vorrang.connectors.sink.ActionSinkTask;
import java.util.Map;

/** Sends the actions of some partitions as MQTT messages. */
public final class MqttSinkTask extends ActionSinkTask {

    /** Made by Connect. */
    public MqttSinkTask() {}

    @Override
    protected Opened open(Map<String, String> properties) {
        var config = new MqttSinkConfig(properties);
        return new Opened(new MqttTarget(config), config.policy());
    }
}
