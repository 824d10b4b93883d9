package dev.vorrang.connectors.reading;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import com.fasterxml.jackson.core.JsonPointer;
import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.ingest.reading.CsvFormat;
import dev.vorrang.ingest.reading.CsvReadingDecoder;
import dev.vorrang.ingest.reading.JsonReadingDecoder;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Settings that say where machine, time and values stand in JSON and CSV. */
public final class FieldSettings {

    public static final String JSON_MACHINE = "payload.json.machine";
    public static final String JSON_TIME = "payload.json.time";
    public static final String JSON_VALUES = "payload.json.values";
    public static final String CSV_MACHINE = "payload.csv.machine";
    public static final String CSV_TIME = "payload.csv.time";
    public static final String CSV_SENSORS = "payload.csv.sensors";
    public static final String CSV_SEPARATOR = "payload.csv.separator";
    public static final String CSV_DECIMAL = "payload.csv.decimal";
    public static final String JSON_READINGS = "payload.json.readings";
    public static final String ZONE = "payload.time.zone";

    private static final String NONE = "";

    private FieldSettings() {}

    /**
     * Adds the settings to a definition.
     *
     * @param elsewhere what tells the machine where no field does, in words
     */
    public static void define(ConfigDef definition, String elsewhere) {
        definition
                .define(
                        JSON_READINGS,
                        Type.STRING,
                        NONE,
                        pointer(),
                        MEDIUM,
                        "JSON pointer to an array of readings, such as /readings. Machine, time and "
                                + "values are looked up in each reading; machine and time fall back to the "
                                + "surrounding document. Empty: the document is a reading, or an array of "
                                + "readings.")
                .define(
                        JSON_MACHINE,
                        Type.STRING,
                        NONE,
                        pointer(),
                        MEDIUM,
                        "JSON pointer to the name of the machine, or of the item of demand, such as /device/id. Empty: from "
                                + elsewhere + ".")
                .define(
                        JSON_TIME,
                        Type.STRING,
                        NONE,
                        pointer(),
                        MEDIUM,
                        "JSON pointer to the time: ISO 8601, or a number since 1970 in s, ms, µs or ns,"
                                + " detected by its magnitude. Empty: the time of receipt.")
                .define(
                        JSON_VALUES,
                        Type.STRING,
                        NONE,
                        pointer(),
                        MEDIUM,
                        "JSON pointer to an object with a number for each sensor, or to the number of "
                                + "the sensor in the topic. Empty: the whole document.")
                .define(
                        CSV_MACHINE,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Column of the machine, or of the item of demand. Empty: from " + elsewhere + ".")
                .define(CSV_TIME, Type.STRING, NONE, MEDIUM, "Column of the time. Empty: the time of receipt.")
                .define(CSV_SENSORS, Type.LIST, NONE, MEDIUM, "Columns of sensors. Empty: all others.")
                .define(
                        CSV_SEPARATOR,
                        Type.STRING,
                        "auto",
                        Allowed.emptyOr(text -> CsvFormat.of(text, "auto"), CsvFormat.SEPARATORS),
                        LOW,
                        "Field separator. auto: comma, semicolon, tab or bar, detected in the header.")
                .define(
                        CSV_DECIMAL,
                        Type.STRING,
                        "auto",
                        Allowed.emptyOr(text -> CsvFormat.of("auto", text), CsvFormat.DECIMALS),
                        LOW,
                        "Decimal separator. auto: detected in the first 200 rows. If they are "
                                + "ambiguous, a value such as 1,234 in a file with commas is not a number, and is"
                                + " flagged.")
                .define(
                        ZONE,
                        Type.STRING,
                        "UTC",
                        Allowed.emptyOr(ZoneId::of, "a time zone, such as Europe/Berlin"),
                        LOW,
                        "Time zone of times without offset. In the hour that occurs twice in autumn, "
                                + "times that go back by an hour begin the second one; if undecidable, the first "
                                + "one is used, and the reading is flagged ambiguous_time. A time in the hour "
                                + "that is skipped in spring gets the earlier offset and the flag "
                                + "nonexistent_time.");
    }

    /** Reads CSV as the settings say. */
    public static CsvReadingDecoder csv(AbstractConfig config) {
        return new CsvReadingDecoder(new CsvReadingDecoder.Columns(
                given(config, CSV_MACHINE),
                given(config, CSV_TIME),
                Set.copyOf(config.getList(CSV_SENSORS)),
                Set.of(),
                ZoneId.of(config.getString(ZONE)),
                CsvFormat.of(auto(config, CSV_SEPARATOR), auto(config, CSV_DECIMAL)),
                OrderSettings.target(config)));
    }

    /** Reads JSON as the settings say. */
    public static JsonReadingDecoder json(AbstractConfig config) {
        return new JsonReadingDecoder(new JsonReadingDecoder.Fields(
                JsonPointer.compile(config.getString(JSON_READINGS)),
                given(config, JSON_MACHINE).map(JsonPointer::compile),
                given(config, JSON_TIME).map(JsonPointer::compile),
                JsonPointer.compile(config.getString(JSON_VALUES)),
                ZoneId.of(config.getString(ZONE)),
                OrderSettings.target(config)));
    }

    private static String auto(AbstractConfig config, String name) {
        return given(config, name).orElse("auto");
    }

    private static Optional<String> given(AbstractConfig config, String name) {
        return Optional.of(config.getString(name)).filter(value -> !value.isEmpty());
    }

    private static ConfigDef.Validator pointer() {
        return Allowed.emptyOr(JsonPointer::compile, "a JSON pointer, such as /device/id");
    }
}
