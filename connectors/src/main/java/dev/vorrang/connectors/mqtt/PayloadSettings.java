package dev.vorrang.connectors.mqtt;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import com.fasterxml.jackson.core.JsonPointer;
import dev.vorrang.ingest.mqtt.TopicTemplate;
import dev.vorrang.ingest.reading.CsvReadings;
import dev.vorrang.ingest.reading.JsonReadings;
import dev.vorrang.ingest.reading.PayloadDecoder;
import dev.vorrang.ingest.reading.SingleValueReadings;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Those of the MQTT source's settings that say what payloads look like. */
public final class PayloadSettings {

    public static final String FORMAT = "payload.format";
    public static final String TEMPLATE = "payload.topic.template";
    public static final String JSON_MACHINE = "payload.json.machine";
    public static final String JSON_TIME = "payload.json.time";
    public static final String JSON_VALUES = "payload.json.values";
    public static final String CSV_MACHINE = "payload.csv.machine";
    public static final String CSV_TIME = "payload.csv.time";
    public static final String CSV_SENSORS = "payload.csv.sensors";
    public static final String ZONE = "payload.time.zone";

    private static final String NONE = "";

    private PayloadSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        FORMAT,
                        Type.STRING,
                        "json",
                        ConfigDef.ValidString.in("json", "csv", "value"),
                        HIGH,
                        "json: a document for each reading. csv: lines under a header. value: one number, true or false, whose"
                                + " machine and sensor the topic tells.")
                .define(
                        TEMPLATE,
                        Type.STRING,
                        NONE,
                        optional(TopicTemplate::new, TopicTemplate.ALLOWED),
                        HIGH,
                        "Where topics have the names: " + TopicTemplate.ALLOWED + ". Empty: payloads have them.")
                .define(
                        JSON_MACHINE,
                        Type.STRING,
                        NONE,
                        pointer(),
                        MEDIUM,
                        "JSON pointer to the machine's name, such as /device/id. Empty: the topic tells it.")
                .define(
                        JSON_TIME,
                        Type.STRING,
                        NONE,
                        pointer(),
                        MEDIUM,
                        "JSON pointer to the time: ISO 8601, or a number since 1970 in s, ms, µs or ns, as its size tells."
                                + " Empty: the time of receipt.")
                .define(
                        JSON_VALUES,
                        Type.STRING,
                        NONE,
                        pointer(),
                        MEDIUM,
                        "JSON pointer to an object with a number for each sensor, or to the number of the sensor that the topic"
                                + " names. Empty: the whole document.")
                .define(CSV_MACHINE, Type.STRING, NONE, MEDIUM, "Column of the machine. Empty: the topic tells it.")
                .define(CSV_TIME, Type.STRING, NONE, MEDIUM, "Column of the time. Empty: the time of receipt.")
                .define(CSV_SENSORS, Type.LIST, NONE, MEDIUM, "Columns to take as sensors. Empty: all others.")
                .define(
                        ZONE,
                        Type.STRING,
                        "UTC",
                        optional(ZoneId::of, "a time zone, such as Europe/Berlin"),
                        LOW,
                        "Zone of times that say no offset.");
    }

    /** The decoder that the settings ask for. */
    static PayloadDecoder decoder(AbstractConfig config) {
        ZoneId zone = ZoneId.of(config.getString(ZONE));
        return switch (config.getString(FORMAT)) {
            case "csv" ->
                new CsvReadings(new CsvReadings.Columns(
                        given(config, CSV_MACHINE),
                        given(config, CSV_TIME),
                        Set.copyOf(config.getList(CSV_SENSORS)),
                        zone));
            case "value" -> new SingleValueReadings();
            default ->
                new JsonReadings(new JsonReadings.Fields(
                        given(config, JSON_MACHINE).map(JsonPointer::compile),
                        given(config, JSON_TIME).map(JsonPointer::compile),
                        JsonPointer.compile(config.getString(JSON_VALUES)),
                        zone));
        };
    }

    static Optional<TopicTemplate> template(AbstractConfig config) {
        return given(config, TEMPLATE).map(TopicTemplate::new);
    }

    private static Optional<String> given(AbstractConfig config, String name) {
        return Optional.of(config.getString(name)).filter(value -> !value.isEmpty());
    }

    private static ConfigDef.Validator pointer() {
        return optional(JsonPointer::compile, "a JSON pointer, such as /device/id");
    }

    private static ConfigDef.Validator optional(Consumer<String> parser, String allowed) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    try {
                        if (value != null && !NONE.equals(value)) {
                            parser.accept((String) value);
                        }
                    } catch (RuntimeException e) {
                        throw new ConfigException(name, value, "allowed: " + allowed);
                    }
                },
                () -> allowed);
    }
}
