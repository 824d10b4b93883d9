package dev.vorrang.connectors.sink.mqtt;

import dev.vorrang.connectors.mqtt.MqttConnection;
import dev.vorrang.connectors.mqtt.MqttSettings;
import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.connectors.sink.ActionTemplate;
import dev.vorrang.connectors.sink.DeliveryPolicy;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.connectors.sink.JsonText;
import dev.vorrang.ingest.mqtt.MqttBroker;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the MQTT sink, as typed values. {@link MqttSinkSettings} has their names and what is allowed. */
final class MqttSinkConfig extends AbstractConfig {

    private static final Pattern NOT_IN_A_LEVEL = Pattern.compile("[+#/$\\p{Cntrl}\uFFFD]");
    private static final Pattern TAG = Pattern.compile("\\{\\{.*?}}");

    /** @throws ConfigException if a setting is missing or wrong */
    MqttSinkConfig(Map<String, String> properties) {
        super(MqttSinkSettings.DEFINITION, properties, false);
        problems(properties).check();
    }

    /** What is wrong with settings that each for itself may be right. */
    static SettingProblems problems(Map<String, String> properties) {
        var problems = new SettingProblems(properties);
        MqttConnection.check(problems);
        var topic = problems.get(MqttSinkSettings.TOPIC);
        if (TAG.matcher(topic).replaceAll("").matches("(?s).*[+#].*") || topic.startsWith("$")) {
            problems.add(
                    MqttSinkSettings.TOPIC,
                    MqttSinkSettings.TOPIC + " is '" + topic
                            + "': allowed is a topic without + and #, and without $ at its" + " begin");
        }
        checkTemplate(problems, MqttSinkSettings.TOPIC);
        checkTemplate(problems, MqttSinkSettings.PAYLOAD);
        return problems;
    }

    private static void checkTemplate(SettingProblems problems, String name) {
        try {
            ActionTemplate.compile(problems.get(name), UnaryOperator.identity());
        } catch (IllegalArgumentException e) {
            problems.add(name, name + ": " + e.getMessage());
        }
    }

    MqttBroker broker() {
        return MqttConnection.broker(this);
    }

    String clientId() {
        return getString(MqttSettings.CLIENT_ID);
    }

    ActionTemplate topic() {
        return ActionTemplate.compile(
                getString(MqttSinkSettings.TOPIC),
                value -> NOT_IN_A_LEVEL.matcher(value).replaceAll("_"));
    }

    ActionTemplate payload() {
        return ActionTemplate.compile(
                getString(MqttSinkSettings.PAYLOAD), isJson() ? JsonText::escape : UnaryOperator.identity());
    }

    boolean isJson() {
        return getString(MqttSinkSettings.PAYLOAD_FORMAT).equals("json");
    }

    int qos() {
        return getInt(MqttSinkSettings.QOS);
    }

    boolean retain() {
        return getBoolean(MqttSinkSettings.RETAIN);
    }

    boolean clears() {
        return retain() && getBoolean(MqttSinkSettings.CLEAR);
    }

    DeliveryPolicy policy() {
        return DeliverySettings.policy(this);
    }
}
