package dev.vorrang.connectors.mqtt;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;

import dev.vorrang.connectors.reading.FieldSettings;
import dev.vorrang.connectors.reading.OrderSettings;
import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.ingest.mqtt.TopicTemplate;
import dev.vorrang.ingest.reading.PayloadDecoder;
import dev.vorrang.ingest.reading.SingleValueDecoder;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Those of the MQTT source's settings that say what payloads look like. */
public final class PayloadSettings {

    public static final String FORMAT = "payload.format";
    public static final String TEMPLATE = "payload.topic.template";

    static final String SPARKPLUG = "sparkplug";

    private static final String NONE = "";

    private PayloadSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        FORMAT,
                        Type.STRING,
                        "json",
                        ConfigDef.ValidString.in("json", "csv", "value", SPARKPLUG),
                        HIGH,
                        "json: a document for each reading. csv: lines below a header. value: one "
                                + "number, true or false, with machine and sensor from the topic. sparkplug: "
                                + "Sparkplug B, with machines named GROUP/EDGE and GROUP/EDGE/DEVICE; other "
                                + "payload settings are ignored.")
                .define(
                        TEMPLATE,
                        Type.STRING,
                        NONE,
                        Allowed.emptyOr(TopicTemplate::new, TopicTemplate.ALLOWED),
                        HIGH,
                        "Template for the names in topics: " + TopicTemplate.ALLOWED
                                + ". Empty: the names are in payloads.");
        OrderSettings.define(definition);
        FieldSettings.define(definition, "the topic");
    }

    /** The decoder that the settings ask for. */
    static PayloadDecoder decoder(AbstractConfig config) {
        return switch (config.getString(FORMAT)) {
            case "csv" -> FieldSettings.csv(config);
            case "value" -> new SingleValueDecoder();
            default -> FieldSettings.json(config);
        };
    }

    static Optional<TopicTemplate> template(AbstractConfig config) {
        return given(config, TEMPLATE).map(TopicTemplate::new);
    }

    private static Optional<String> given(AbstractConfig config, String name) {
        return Optional.of(config.getString(name)).filter(value -> !value.isEmpty());
    }
}
