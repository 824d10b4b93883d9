package dev.vorrang.ingest.opcua;

import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.Measurement;
import dev.vorrang.ingest.reading.Origin;
import dev.vorrang.schemas.Quality;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes readings of the values of a publish response. Values of one machine with the same time, to the millisecond, are one
 * reading; others are readings of their own, in the order of their times, a machine's after another's. Safe for use by many threads.
 *
 * <p>Numbers of every kind are taken as doubles (64-bit integers beyond 2⁵³ rounded), Boolean as 0 and 1. A value with a bad status
 * or that is not finite is null and bad; a node of any other type (text, array, structure) is refused once, by name, and then left
 * alone. Flags: {@code gap} if values of the machine may be missing before the reading; {@code overflow} besides if a queue of
 * the server dropped them; {@code Bad_SensorFailure:temperature} names the status code of a sensor that is not plainly good.
 */
final class ValueDecoder {

    static final String GAP = "gap";
    static final String OVERFLOW = "overflow";

    private static final Logger LOG = LoggerFactory.getLogger(ValueDecoder.class);
    /** Earlier than any reading. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    /** As many as a reading may have. */
    private static final int MAX_VALUES = 1_000;

    /** A node with a value of it. */
    record Sample(SensorNode node, DataValue value) {}

    private final String source;
    private final boolean serverTime;
    private final Clock clock;
    private final Set<String> gaps = new HashSet<>();
    private final Set<String> machines = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<String, DataValue> last = new HashMap<>();
    /** Sensors that a new subscription has not sent yet: their first value may be one that was had before. */
    private final Set<String> anew = new HashSet<>();

    ValueDecoder(String source, boolean serverTime, Clock clock) {
        this.source = source;
        this.serverTime = serverTime;
        this.clock = clock;
    }

    /** Values may be missing from here on: the next reading of each machine says so. */
    synchronized void lost() {
        gaps.addAll(machines);
    }

    /** A new subscription begins. What it repeats of the values that were had is left out, or it would hide the gap. */
    synchronized void subscribedAnew() {
        anew.addAll(last.keySet());
    }

    /** @param samples in the order of the response */
    synchronized List<Decoded> read(List<Sample> samples) {
        Instant now = clock.instant();
        var decoded = new ArrayList<Decoded>();
        var groups = new TreeMap<String, TreeMap<Instant, List<Group>>>();
        for (Sample sample : samples) {
            if (isRepeated(sample)) {
                continue;
            }
            Object value = sample.value().value().value();
            if (value != null && !(value instanceof Number) && !(value instanceof Boolean)) {
                refuse(sample.node(), value).ifPresent(decoded::add);
                continue;
            }
            Instant time = time(sample.value()).orElse(now).truncatedTo(ChronoUnit.MILLIS);
            List<Group> same = groups.computeIfAbsent(sample.node().machine(), machine -> new TreeMap<>())
                    .computeIfAbsent(time, moment -> new ArrayList<>());
            Group group = same.stream()
                    .filter(candidate -> candidate.hasRoom(sample.node().sensor()))
                    .findFirst()
                    .orElseGet(() -> {
                        var fresh = new Group();
                        same.add(fresh);
                        return fresh;
                    });
            group.add(sample, number(value));
        }
        groups.forEach((machine, times) -> {
            machines.add(machine);
            times.forEach((time, same) -> same.forEach(group -> decoded.add(decode(machine, time, group, now))));
        });
        return decoded;
    }

    private boolean isRepeated(Sample sample) {
        String sensor = sample.node().machine() + '/' + sample.node().sensor();
        DataValue before = last.put(sensor, sample.value());
        return anew.remove(sensor)
                && before != null
                && before.sourceTime() != null
                && before.sourceTime().equals(sample.value().sourceTime())
                && before.value().equals(sample.value().value())
                && before.statusCode().equals(sample.value().statusCode());
    }

    private Decoded decode(String machine, Instant time, Group group, Instant now) {
        boolean gap = gaps.remove(machine);
        if (gap || group.flags.contains(OVERFLOW)) {
            group.flags.add(GAP);
        }
        var measurement =
                new Measurement(machine, time, group.values, group.quality, group.units, List.copyOf(group.flags));
        var origin = new Origin(source, Optional.of(machine), Optional.empty(), now);
        return measurement.decode(group.payload.toString().getBytes(StandardCharsets.UTF_8), origin);
    }

    private Optional<Decoded> refuse(SensorNode node, Object value) {
        if (!refused.add(node.name())) {
            return Optional.empty();
        }
        String message = "node " + node.name() + " (" + node.machine() + "/" + node.sensor() + ") has values of type "
                + value.getClass().getSimpleName() + ": allowed are numbers and Boolean; it is not read";
        LOG.warn("{}: {}", source, message);
        return Optional.of(
                new Decoded.Refused(source, node.name().getBytes(StandardCharsets.UTF_8), "UnsupportedType", message));
    }

    /** Names a node that the server does not give, once. */
    synchronized Optional<Decoded> refuse(SensorNode node, StatusCode status) {
        if (!refused.add(node.name())) {
            return Optional.empty();
        }
        String message = "node " + node.name() + " (" + node.machine() + "/" + node.sensor() + ") is not read: "
                + OpcUaErrors.name(status);
        LOG.warn("{}: {}", source, message);
        return Optional.of(new Decoded.Refused(
                source, node.name().getBytes(StandardCharsets.UTF_8), OpcUaErrors.name(status), message));
    }

    private Optional<Instant> time(DataValue value) {
        Optional<Instant> server = set(value.serverTime());
        Optional<Instant> source = set(value.sourceTime());
        return (serverTime ? server : source.or(() -> server));
    }

    /** A time that is set: a server without one sends none, or 1601; a device whose clock was never set counts from 1970, say. */
    private static Optional<Instant> set(DateTime time) {
        return Optional.ofNullable(time).map(DateTime::getJavaInstant).filter(moment -> !moment.isBefore(EARLIEST));
    }

    private static Double number(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1.0 : 0.0;
        }
        return value == null ? null : ((Number) value).doubleValue();
    }

    /** Values that become one reading. */
    private static final class Group {

        private final Map<String, Double> values = new HashMap<>();
        private final Map<String, Quality> quality = new HashMap<>();
        private final Map<String, String> units = new HashMap<>();
        private final Set<String> flags = new LinkedHashSet<>();
        private final StringBuilder payload = new StringBuilder();

        boolean hasRoom(String sensor) {
            return !values.containsKey(sensor) && values.size() < MAX_VALUES;
        }

        void add(Sample sample, Double number) {
            String sensor = sample.node().sensor();
            StatusCode status = sample.value().statusCode();
            boolean usable = !status.isBad() && (number == null || Double.isFinite(number));
            values.put(sensor, usable ? number : null);
            if (!usable) {
                quality.put(sensor, Quality.BAD);
            } else if (status.isUncertain()) {
                quality.put(sensor, Quality.UNCERTAIN);
            }
            String name = OpcUaErrors.name(status);
            if (!name.equals("Good")) {
                flags.add(name + ":" + sensor);
            }
            if (number != null && !Double.isFinite(number)) {
                flags.add("not_finite:" + sensor);
            }
            if (status.isOverflowSet()) {
                flags.add(OVERFLOW);
            }
            sample.node().unit().ifPresent(unit -> units.put(sensor, unit));
            payload.append(sensor)
                    .append('=')
                    .append(number)
                    .append(' ')
                    .append(status.value())
                    .append('\n');
        }
    }
}
