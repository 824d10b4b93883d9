package dev.vorrang.ingest.sparkplug;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * Metrics that the birth of one edge node or device declared. An alias counts for the messages of that node or device alone: by the
 * specification no two metrics of an edge node share one, but devices exist that number theirs each from 0.
 */
final class BornMetrics {

    private final Map<String, Born> byName = new LinkedHashMap<>();
    private final Map<Long, Born> byAlias = new HashMap<>();
    /** Aliases that no metric can be told by, and why. */
    private final Map<Long, String> unusable = new HashMap<>();

    private final List<String> unreadable = new ArrayList<>();

    /** A metric as its birth declared it. */
    record Born(String name, DataType type, Optional<String> unit) {}

    /** Learns the metrics of a birth. One that cannot be read is left out and named in {@link #unreadable}. */
    BornMetrics(Collection<Metric> metrics) {
        for (Metric metric : metrics) {
            try {
                learn(metric);
            } catch (SparkplugException e) {
                unreadable.add(e.getMessage());
            }
        }
    }

    private void learn(Metric metric) throws SparkplugException {
        if (metric.getName().isEmpty()) {
            unusable.put(metric.getAlias(), "its birth has no name for it");
            throw new SparkplugException(
                    "alias " + Long.toUnsignedString(metric.getAlias()) + ": " + unusable.get(metric.getAlias()));
        }
        var born = new Born(
                metric.getName(), MetricReader.type(metric.getName(), metric.getDatatype()), MetricReader.unit(metric));
        byName.put(born.name(), born);
        if (metric.hasAlias()) {
            Born other = byAlias.put(metric.getAlias(), born);
            if (other != null && !other.name().equals(born.name())) {
                unusable.put(metric.getAlias(), "stands for both " + other.name() + " and " + born.name());
                unreadable.add(
                        "alias " + Long.toUnsignedString(metric.getAlias()) + ": " + unusable.get(metric.getAlias()));
            }
        }
    }

    /**
     * The metric that is meant. An empty name beside an alias is no name.
     *
     * @return empty if it has a name that was not born
     * @throws SparkplugException if its alias was not born, or stands for two metrics
     */
    Optional<Born> find(Metric metric) throws SparkplugException {
        if (!metric.getName().isEmpty()) {
            return Optional.ofNullable(byName.get(metric.getName()));
        }
        if (!metric.hasAlias()) {
            throw new SparkplugException("metric: has neither name nor alias");
        }
        String alias = Long.toUnsignedString(metric.getAlias());
        String why = unusable.get(metric.getAlias());
        if (why != null) {
            throw new SparkplugException("alias " + alias + ": " + why);
        }
        Born born = byAlias.get(metric.getAlias());
        if (born == null) {
            throw new SparkplugException("alias " + alias + ": was not born");
        }
        return Optional.of(born);
    }

    /** Whether a metric is known by nothing but an alias that no birth declared. */
    boolean isUnknownAlias(Metric metric) {
        return metric.getName().isEmpty()
                && metric.hasAlias()
                && !byAlias.containsKey(metric.getAlias())
                && !unusable.containsKey(metric.getAlias());
    }

    Collection<Born> all() {
        return byName.values();
    }

    /** Why metrics of the birth were left out. */
    List<String> unreadable() {
        return unreadable;
    }

    int size() {
        return byName.size();
    }
}
