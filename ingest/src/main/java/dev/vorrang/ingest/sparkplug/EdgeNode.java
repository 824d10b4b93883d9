package dev.vorrang.ingest.sparkplug;

import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.Measurement;
import dev.vorrang.ingest.reading.Origin;
import dev.vorrang.schemas.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the births of an edge node and its devices told: names, types and units behind the aliases. For one thread. */
final class EdgeNode {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeNode.class);
    private static final int MAX_METRICS = 20_000;
    private static final int MAX_TOLD = 100;
    private static final String BD_SEQ = "bdSeq";

    private final Map<String, BornMetrics> machines = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private boolean born;
    private OptionalLong bdSeq = OptionalLong.empty();
    private int next;

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
        born = true;
        bdSeq = bdSeq(payload, new BornMetrics(List.of()));
    }

    /**
     * Whether this death is that of the node as it was born last, not of a connection before. Where birth or death has no bdSeq, it
     * is taken for that: a death that is passed over would leave a machine that nobody hears of.
     *
     * @param machine name of the node itself
     */
    boolean dies(String machine, Payload death) {
        OptionalLong died = bdSeq(death, machines.getOrDefault(machine, new BornMetrics(List.of())));
        return born && (died.isEmpty() || bdSeq.isEmpty() || died.getAsLong() == bdSeq.getAsLong());
    }

    void dead() {
        born = false;
    }

    private static OptionalLong bdSeq(Payload payload, BornMetrics known) {
        return payload.getMetricsList().stream()
                .filter(metric -> name(metric, known).equals(BD_SEQ) && !metric.getIsNull())
                .mapToLong(metric -> metric.hasLongValue() ? metric.getLongValue() : metric.getIntValue())
                .findFirst();
    }

    /** Name of a metric, by its alias if it has no other; empty if that is not known. */
    private static String name(Metric metric, BornMetrics known) {
        try {
            return known.find(metric).map(BornMetrics.Born::name).orElse(metric.getName());
        } catch (SparkplugException e) {
            return "";
        }
    }

    /**
     * Learns the metrics of a birth.
     *
     * @throws SparkplugException if there are too many
     */
    void learn(String machine, Payload payload) throws SparkplugException {
        int others = machines.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(machine))
                .mapToInt(entry -> entry.getValue().size())
                .sum();
        var birth = new BornMetrics(Templates.flat(payload, Metric::getName, MAX_METRICS - others));
        machines.put(machine, birth);
        birth.unreadable().forEach(problem -> tell(machine, problem));
        String texts = birth.all().stream()
                .filter(metric -> !MetricReader.isNumber(metric.type()))
                .map(metric -> metric.name() + " (" + metric.type() + ")")
                .limit(MAX_TOLD)
                .collect(Collectors.joining(", "));
        if (!texts.isEmpty()) {
            tell(machine, "metrics that are no numbers are no sensors: " + texts);
        }
    }

    private void tell(String machine, String what) {
        if (told.size() < MAX_TOLD && told.add(machine + what)) {
            LOG.warn("{}", (machine + ": " + what).replaceAll("\\p{Cntrl}", "�"));
        }
    }

    /** An alias of a message that its machine's birth did not declare. */
    Optional<Long> unknownAlias(String machine, Payload payload) {
        BornMetrics known = known(machine);
        return payload.getMetricsList().stream()
                .filter(known::isUnknownAlias)
                .map(Metric::getAlias)
                .findFirst();
    }

    private BornMetrics known(String machine) {
        return machines.getOrDefault(machine, new BornMetrics(List.of()));
    }

    /**
     * The readings of a birth or data message: one for each time that its metrics have. A metric that cannot be read is missing in
     * its reading, which has a flag for it; where none of a time can be read, there is a refusal instead.
     *
     * @throws SparkplugException if the message cannot be read at all
     */
    List<Decoded> readings(String machine, Payload payload, byte[] bytes, Origin origin) throws SparkplugException {
        BornMetrics known = known(machine);
        var moments = new TreeMap<Long, Moment>();
        for (Metric metric : Templates.flat(payload, each -> name(each, known), MAX_METRICS)) {
            long time = metric.hasTimestamp() ? metric.getTimestamp() : payload.getTimestamp();
            try {
                add(metric, known, () -> moments.computeIfAbsent(time, any -> new Moment()));
            } catch (SparkplugException e) {
                String id = metric.getName().isEmpty()
                        ? "alias " + Long.toUnsignedString(metric.getAlias())
                        : metric.getName();
                moments.computeIfAbsent(time, any -> new Moment()).unreadable("not_readable:" + id, e.getMessage());
            }
        }
        var decoded = new ArrayList<Decoded>();
        moments.forEach((time, moment) -> {
            moment.problems().forEach(problem -> tell(machine, problem));
            decoded.add(moment.decode(machine, time, bytes, origin));
        });
        return decoded;
    }

    private static void add(Metric metric, BornMetrics known, Supplier<Moment> moment) throws SparkplugException {
        Optional<BornMetrics.Born> birth = known.find(metric);
        String name = birth.map(BornMetrics.Born::name).orElse(metric.getName());
        if (!metric.hasDatatype() && birth.isEmpty()) {
            throw new SparkplugException("metric " + name + ": has no datatype and was not born");
        }
        DataType type = metric.hasDatatype()
                ? MetricReader.type(name, metric.getDatatype())
                : birth.get().type();
        if (!MetricReader.isNumber(type)) {
            MetricReader.checkOther(name, type, metric);
        } else if (!isOfTheProtocol(name)) {
            moment.get().add(name, type, metric, birth.flatMap(BornMetrics.Born::unit));
        }
    }

    private static boolean isOfTheProtocol(String name) {
        return name.equals(BD_SEQ) || name.startsWith("Node Control/") || name.startsWith("Device Control/");
    }

    /** That a machine sends no more: its sensors have no value, and say so. */
    List<Decoded> silence(String machine, Instant time, byte[] bytes, Origin origin) {
        var values = new LinkedHashMap<String, Double>();
        var quality = new HashMap<String, Quality>();
        known(machine).all().stream()
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
