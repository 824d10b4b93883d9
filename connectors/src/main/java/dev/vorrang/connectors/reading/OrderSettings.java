package dev.vorrang.connectors.reading;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.ingest.reading.OrderLines;
import dev.vorrang.ingest.reading.RowTarget;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Settings of a source that can read demand instead of readings. */
public final class OrderSettings {

    public static final String RECORD = "record";
    public static final String QUANTITY = "demand.quantity";
    public static final String LOCATION = "demand.location";
    public static final String ID = "demand.id";
    public static final String KNOWN = "demand.known";

    static final String READING = "reading";
    public static final String ORDER_LINE = "order-line";
    public static final String PERIOD_TOTAL = "period-total";

    private static final String NONE = "";

    private OrderSettings() {}

    /** Adds the settings to a definition. */
    public static void define(ConfigDef definition) {
        definition
                .define(
                        RECORD,
                        Type.STRING,
                        READING,
                        ConfigDef.ValidString.in(READING, ORDER_LINE, PERIOD_TOTAL),
                        MEDIUM,
                        "What a row, or a JSON document, is. reading: of a machine's sensors. order-line: demand, "
                                + "of an item, which the settings of the machine then name. period-total: all "
                                + "demand of an item in the period of its time. With demand the default topics are "
                                + "demand.observed and demand.dead-letters.")
                .define(
                        QUANTITY,
                        Type.STRING,
                        "quantity",
                        Allowed.text(),
                        MEDIUM,
                        "Column or JSON member of the quantity of an order line or period total.")
                .define(
                        LOCATION,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Column or JSON member of the location, for an item that is ordered at several. Empty: "
                                + "items have one series each.")
                .define(
                        ID,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Column or JSON member that identifies an order line: of several with the same value one is "
                                + "counted. Empty: the position in the file; over MQTT topic, time and "
                                + "content, so that two equal messages of the same time count once.")
                .define(
                        KNOWN,
                        Type.LIST,
                        List.of(),
                        LOW,
                        "Columns or JSON members with numbers that are known in advance of a period, such as "
                                + "promotion or price. A row with one of them and no quantity is a plan of a "
                                + "period, which may be ahead.");
    }

    static boolean isDemand(AbstractConfig config) {
        return config.values().containsKey(RECORD) && isDemand(config.getString(RECORD));
    }

    /** Whether a value of {@link #RECORD} is one of demand. */
    public static boolean isDemand(String record) {
        return record.equals(ORDER_LINE) || record.equals(PERIOD_TOTAL);
    }

    /** What the settings say that rows become. */
    static RowTarget target(AbstractConfig config) {
        return isDemand(config)
                ? new OrderLines(new OrderLines.Fields(
                        config.getString(QUANTITY),
                        given(config, LOCATION),
                        given(config, ID),
                        config.getList(KNOWN),
                        config.getString(RECORD).equals(PERIOD_TOTAL)))
                : RowTarget.READINGS;
    }

    private static Optional<String> given(AbstractConfig config, String name) {
        return Optional.of(config.getString(name)).filter(value -> !value.isEmpty());
    }
}
