package dev.vorrang.connectors.sink.mqtt;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.mqtt.MqttConnection;
import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.connectors.sink.DeliverySettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Names of the MQTT sink's settings besides those of {@link MqttConnection}, what they mean and what is allowed. */
public final class MqttSinkSettings {

    public static final String TOPIC = "mqtt.topic";
    public static final String PAYLOAD = "mqtt.payload";
    public static final String PAYLOAD_FORMAT = "mqtt.payload.format";
    public static final String QOS = "mqtt.qos";
    public static final String RETAIN = "mqtt.retain";
    public static final String CLEAR = "mqtt.clear";

    private static final String USUAL_PAYLOAD = "{\"id\": \"{{id}}\", \"name\": \"{{name}}\","
            + " \"stream\": \"{{stream}}\", \"record\": \"{{record}}\","
            + " \"severity\": \"{{severity}}\", \"title\": \"{{title}}\", \"key\": \"{{key}}\", \"time\": \"{{time}}\","
            + " \"step\": {{step}}, \"cleared\": {{cleared}}, \"test\": {{test}}}";

    /** The settings, each with its doc and default. */
    public static final ConfigDef DEFINITION = definition();

    private MqttSinkSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        MqttConnection.define(
                definition,
                "Client id. Must be unique at the broker. With more than one task, '-' and the task number are appended.");
        definition
                .define(
                        TOPIC,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.text(),
                        HIGH,
                        "Mustache template of the topic, such as plant/{{key}}/lamp. In values + # / and control characters"
                                + " become _, so that a value cannot reach another topic.")
                .define(
                        PAYLOAD,
                        Type.STRING,
                        USUAL_PAYLOAD,
                        HIGH,
                        "Mustache template of the payload. Values are escaped for the format.")
                .define(
                        PAYLOAD_FORMAT,
                        Type.STRING,
                        "json",
                        ConfigDef.ValidString.in("json", "text"),
                        MEDIUM,
                        "json: checked before it is sent. text: values stand as they are, on one line.")
                .define(
                        QOS,
                        Type.INT,
                        1,
                        between(0, 2),
                        MEDIUM,
                        "Quality of service. With 0 a message can be lost with the connection.")
                .define(
                        RETAIN,
                        Type.BOOLEAN,
                        false,
                        MEDIUM,
                        "Whether the broker keeps the last message of a topic for later subscribers. Not for commands.")
                .define(
                        CLEAR,
                        Type.BOOLEAN,
                        true,
                        MEDIUM,
                        "With retained messages: whether an alert that is over sends an empty message, which removes the retained"
                                + " one, instead of the payload.");
        DeliverySettings.define(definition, 6_000);
        return definition;
    }
}
