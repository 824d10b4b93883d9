package dev.vorrang.ingest.sparkplug;

import dev.vorrang.schemas.Quality;
import java.util.Optional;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertySet;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertyValue;

/** Reads the values of metrics. */
final class MetricReader {

    private static final int GOOD = 192;
    private static final int STALE = 500;
    private static final int UNCERTAIN_FROM = 64;

    private MetricReader() {}

    /** Whether a metric of this type has a number; texts, data sets and the like are no sensors. */
    static boolean isNumber(DataType type) {
        return switch (type) {
            case Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64, Float, Double, Boolean -> true;
            default -> false;
        };
    }

    /**
     * The type with a number.
     *
     * @throws SparkplugException if there is no such type
     */
    static DataType type(String name, int number) throws SparkplugException {
        DataType type = DataType.forNumber(number);
        if (type == null || type == DataType.Unknown) {
            throw new SparkplugException(
                    "datatype of " + name + " " + Integer.toUnsignedString(number) + ": allowed are 1 to 34");
        }
        return type;
    }

    /** @throws SparkplugException if a text or time, which is no sensor's, is not of its type either */
    static void checkOther(String name, DataType type, Metric metric) throws SparkplugException {
        if (metric.getIsNull()) {
            return;
        }
        switch (type) {
            case String, Text, UUID -> require(metric.hasStringValue(), name, type, metric);
            case DateTime -> require(metric.hasLongValue(), name, type, metric);
            default -> {
                // Data sets, templates, bytes and arrays: nobody reads them here.
            }
        }
    }

    /**
     * The value; null if the metric says that it has none.
     *
     * @throws SparkplugException if it is not of its type
     */
    static Double value(String name, DataType type, Metric metric) throws SparkplugException {
        if (metric.getIsNull()) {
            return null;
        }
        return switch (type) {
            case Int8 -> (double) (byte) intOf(name, type, metric);
            case Int16 -> (double) (short) intOf(name, type, metric);
            case Int32 -> (double) intOf(name, type, metric);
            case UInt8, UInt16 -> (double) Integer.toUnsignedLong(intOf(name, type, metric));
            case UInt32 ->
                metric.hasLongValue()
                        ? (double) metric.getLongValue()
                        : (double) Integer.toUnsignedLong(intOf(name, type, metric));
            case Int64 -> {
                require(metric.hasLongValue(), name, type, metric);
                yield (double) metric.getLongValue();
            }
            case UInt64 -> {
                require(metric.hasLongValue(), name, type, metric);
                yield unsigned(metric.getLongValue());
            }
            case Float -> {
                require(metric.hasFloatValue(), name, type, metric);
                yield (double) metric.getFloatValue();
            }
            case Double -> {
                require(metric.hasDoubleValue(), name, type, metric);
                yield metric.getDoubleValue();
            }
            case Boolean -> {
                require(metric.hasBooleanValue(), name, type, metric);
                yield metric.getBooleanValue() ? 1.0 : 0.0;
            }
            default -> throw new IllegalArgumentException("no number: " + type);
        };
    }

    private static int intOf(String name, DataType type, Metric metric) throws SparkplugException {
        require(metric.hasIntValue(), name, type, metric);
        return metric.getIntValue();
    }

    private static double unsigned(long bits) {
        double half = (double) (bits >>> 1);
        return half * 2 + (bits & 1);
    }

    private static void require(boolean holds, String name, DataType type, Metric metric) throws SparkplugException {
        if (!holds) {
            throw new SparkplugException("value of " + name + " " + metric.getValueCase() + ": allowed is " + type);
        }
    }

    /** What the property Quality says, after OPC's codes; nothing where it is good or not there. */
    static Optional<Quality> quality(Metric metric) {
        return property(metric, "Quality").filter(PropertyValue::hasIntValue).flatMap(value -> {
            int code = value.getIntValue();
            if (code == STALE || code >= UNCERTAIN_FROM && code < GOOD) {
                return Optional.of(Quality.UNCERTAIN);
            }
            return code < UNCERTAIN_FROM ? Optional.of(Quality.BAD) : Optional.empty();
        });
    }

    /** What the property engUnit says. */
    static Optional<String> unit(Metric metric) {
        return property(metric, "engUnit")
                .filter(PropertyValue::hasStringValue)
                .map(PropertyValue::getStringValue)
                .filter(unit -> !unit.isBlank() && unit.length() <= 50);
    }

    private static Optional<PropertyValue> property(Metric metric, String key) {
        PropertySet properties = metric.getProperties();
        int at = properties.getKeysList().indexOf(key);
        return at >= 0 && at < properties.getValuesCount() ? Optional.of(properties.getValues(at)) : Optional.empty();
    }
}
