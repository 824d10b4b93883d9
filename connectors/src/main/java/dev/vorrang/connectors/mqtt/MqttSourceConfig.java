package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.reading.FieldSettings;
import dev.vorrang.connectors.reading.OrderSettings;
import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.ingest.mqtt.MessageDecoder;
import dev.vorrang.ingest.mqtt.MqttBroker;
import dev.vorrang.ingest.mqtt.MqttSubscription;
import dev.vorrang.ingest.mqtt.TopicMessageDecoder;
import dev.vorrang.ingest.sparkplug.SparkplugDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the MQTT source, as typed values. {@link MqttSettings} has their names and what is allowed. */
public final class MqttSourceConfig extends AbstractConfig {

    /**
     * @param properties as Connect gives them
     * @throws ConfigException if a setting is missing or wrong
     */
    public MqttSourceConfig(Map<String, String> properties) {
        super(MqttSettings.DEFINITION, properties, false);
        problems(properties).check();
    }

    /** What is wrong with settings that each for itself may be right. */
    static SettingProblems problems(Map<String, String> properties) {
        var problems = new SettingProblems(properties);
        MqttConnection.check(problems);
        checkNames(problems);
        return problems;
    }

    /** Somebody must tell the machine, and with single values the sensor. */
    private static void checkNames(SettingProblems problems) {
        String template = problems.get(PayloadSettings.TEMPLATE);
        String format = problems.get(PayloadSettings.FORMAT);
        String record = problems.get(OrderSettings.RECORD);
        if (OrderSettings.isDemand(record) && (format.equals("value") || format.equals(PayloadSettings.SPARKPLUG))) {
            problems.add(
                    PayloadSettings.FORMAT,
                    PayloadSettings.FORMAT + " is '" + format + "': with " + OrderSettings.RECORD + " " + record
                            + " allowed are json and csv");
        }
        if (format.equals(PayloadSettings.SPARKPLUG)) {
            if (problems.has(MqttSettings.SHARE_GROUP)) {
                problems.add(
                        MqttSettings.SHARE_GROUP,
                        MqttSettings.SHARE_GROUP + " is set: not allowed with " + PayloadSettings.FORMAT
                                + " sparkplug, whose messages must come to one task in their order");
            }
            return;
        }
        if (format.equals("value") && !template.contains("{sensor}")) {
            problems.add(
                    PayloadSettings.TEMPLATE,
                    PayloadSettings.TEMPLATE + " is '" + template
                            + "': with single values it must tell {machine} and {sensor}");
        }
        String machine = format.equals("csv") ? FieldSettings.CSV_MACHINE : FieldSettings.JSON_MACHINE;
        if (!template.contains("{machine}") && (format.equals("value") || !problems.has(machine))) {
            problems.add(
                    PayloadSettings.TEMPLATE,
                    PayloadSettings.TEMPLATE + " is '" + template
                            + "': nothing tells the machine, allowed are {machine}" + " in it"
                            + (format.equals("value") ? "" : " or " + machine));
        }
    }

    String clientId() {
        return getString(MqttSettings.CLIENT_ID);
    }

    List<String> filters() {
        return MqttSession.filters(this);
    }

    Optional<String> shareGroup() {
        return MqttSession.shareGroup(this);
    }

    /**
     * The broker.
     *
     * @throws ConfigException if a file with certificates cannot be used
     */
    MqttBroker broker() {
        return MqttConnection.broker(this);
    }

    /** What is read of it. */
    MqttSubscription subscription() {
        return MqttSession.subscription(this);
    }

    /**
     * What makes readings of messages.
     *
     * @param publisher takes topic and payload of what has to be sent
     */
    MessageDecoder decoder(MqttBroker broker, BiConsumer<String, byte[]> publisher) {
        if (getString(PayloadSettings.FORMAT).equals(PayloadSettings.SPARKPLUG)) {
            return new SparkplugDecoder(broker, publisher);
        }
        return new TopicMessageDecoder(broker, PayloadSettings.template(this), PayloadSettings.decoder(this));
    }
}
