package dev.vorrang.ingest.sparkplug;

import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.Measurement;
import dev.vorrang.ingest.reading.Origin;
import dev.vorrang.schemas.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/** What the births of an edge node and its devices told: names, types and units behind the aliases. For one thread. */
final class EdgeNode {

    private static final int MOST_METRICS = 20_000;
    private static final String BD_SEQ = "bdSeq";

    private final Map<String, Map<String, Known>> machines = new HashMap<>();
    private final Map<Long, Known> aliases = new HashMap<>();
    private boolean born;
    private long bdSeq = -1;
    private int next;

    /** A metric that was born. */
    private record Known(String name, DataType type, Optional<String> unit) {}

    /** Values of one time. */
    private record Moment(
            Map<String, Double> values, Map<String, Quality> quality, Map<String, String> units, List<String> flags) {

        Moment() {
            this(new LinkedHashMap<>(), new HashMap<>(), new HashMap<>(), new ArrayList<>());
        }
    }

    boolean isBorn() {
        return born;
    }

    /** Number that the next message should have, 0 to 255. */
    int next() {
        return next;
    }

    void took(int seq) {
        next = (seq + 1) % 256;
    }

    /** Forgets all that was: the births that follow tell anew. */
    void birth(Payload payload) {
        machines.clear();
        aliases.clear();
        born = true;
        bdSeq = bdSeq(payload);
    }

    /** Whether this death is that of the node as it was born last, not of a connection before. */
    boolean dies(Payload death) {
        return born && bdSeq(death) == bdSeq;
    }

    void dead() {
        born = false;
    }

    private static long bdSeq(Payload payload) {
        return payload.getMetricsList().stream()
                .filter(metric -> metric.getName().equals(BD_SEQ))
                .findFirst()
                .map(metric -> metric.hasLongValue() ? metric.getLongValue() : metric.getIntValue())
                .orElse(-1L);
    }

    /**
     * Learns the metrics of a birth.
     *
     * @throws SparkplugException if there are too many, or one has no name or type
     */
    void learn(String machine, Payload payload) throws SparkplugException {
        if (payload.getMetricsCount() + aliases.size() > MOST_METRICS) {
            throw new SparkplugException(
                    "metrics: " + payload.getMetricsCount() + ", allowed are " + MOST_METRICS + " for an edge node");
        }
        var known = new HashMap<String, Known>();
        for (Metric metric : payload.getMetricsList()) {
            if (!metric.hasName()) {
                throw new SparkplugException("metric of a birth: has no name");
            }
            var birth = new Known(
                    metric.getName(),
                    MetricReader.type(metric.getName(), metric.getDatatype()),
                    MetricReader.unit(metric));
            known.put(metric.getName(), birth);
            if (metric.hasAlias()) {
                aliases.put(metric.getAlias(), birth);
            }
        }
        machines.put(machine, known);
    }

    /** Whether all aliases were born. */
    Optional<Long> unknownAlias(Payload payload) {
        return payload.getMetricsList().stream()
                .filter(metric -> !metric.hasName() && !aliases.containsKey(metric.getAlias()))
                .map(Metric::getAlias)
                .findFirst();
    }

    /**
     * The readings of a birth or data message: one for each time that its metrics have.
     *
     * @throws SparkplugException if a metric cannot be read
     */
    List<Decoded> readings(String machine, Payload payload, byte[] bytes, Origin origin) throws SparkplugException {
        Map<String, Known> known = machines.getOrDefault(machine, Map.of());
        var moments = new TreeMap<Long, Moment>();
        for (Metric metric : payload.getMetricsList()) {
            Known birth = metric.hasName() ? known.get(metric.getName()) : aliases.get(metric.getAlias());
            if (birth == null && !metric.hasName()) {
                throw new SparkplugException("alias " + Long.toUnsignedString(metric.getAlias()) + ": was not born");
            }
            String name = birth == null ? metric.getName() : birth.name();
            if (!metric.hasDatatype() && birth == null) {
                throw new SparkplugException("metric " + name + ": has no datatype and was not born");
            }
            DataType type = metric.hasDatatype() ? MetricReader.type(name, metric.getDatatype()) : birth.type();
            if (!MetricReader.isNumber(type)) {
                MetricReader.checkOther(name, type, metric);
                continue;
            }
            if (isOfTheProtocol(name)) {
                continue;
            }
            long time = metric.hasTimestamp() ? metric.getTimestamp() : payload.getTimestamp();
            Moment moment = moments.computeIfAbsent(time, any -> new Moment());
            moment.values().put(name, MetricReader.value(name, type, metric));
            MetricReader.quality(metric).ifPresent(quality -> moment.quality().put(name, quality));
            MetricReader.unit(metric)
                    .or(() -> birth == null ? Optional.empty() : birth.unit())
                    .ifPresent(unit -> moment.units().put(name, unit));
            if (metric.getIsHistorical() && !moment.flags().contains("historical")) {
                moment.flags().add("historical");
            }
        }
        var decoded = new ArrayList<Decoded>();
        moments.forEach((time, moment) -> decoded.add(new Measurement(
                        machine,
                        time > 0 ? Instant.ofEpochMilli(time) : origin.receivedAt(),
                        moment.values(),
                        moment.quality(),
                        moment.units(),
                        moment.flags())
                .decode(bytes, origin)));
        return decoded;
    }

    private static boolean isOfTheProtocol(String name) {
        return name.equals(BD_SEQ) || name.startsWith("Node Control/") || name.startsWith("Device Control/");
    }

    /** That a machine sends no more: its sensors have no value, and say so. */
    List<Decoded> silence(String machine, Instant time, byte[] bytes, Origin origin) {
        var values = new LinkedHashMap<String, Double>();
        var quality = new HashMap<String, Quality>();
        machines.getOrDefault(machine, Map.of()).values().stream()
                .filter(known -> MetricReader.isNumber(known.type()) && !isOfTheProtocol(known.name()))
                .limit(1_000)
                .forEach(known -> {
                    values.put(known.name(), null);
                    quality.put(known.name(), Quality.BAD);
                });
        return values.isEmpty()
                ? List.of()
                : List.of(new Measurement(machine, time, values, quality, Map.of(), List.of("offline"))
                        .decode(bytes, origin));
    }

    /** Names of the node and devices that were born. */
    List<String> machines() {
        return machines.keySet().stream().sorted().toList();
    }
}
