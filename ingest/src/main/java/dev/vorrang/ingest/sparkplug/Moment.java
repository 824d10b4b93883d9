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
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/** The metrics of a message that have one time, and what cannot be read of them. For one thread. */
final class Moment {

    /** Flags say what is wrong; more of them would only repeat it. */
    private static final int MAX_FLAGS = 20;

    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Map<String, Quality> quality = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final List<String> flags = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private boolean readable;

    /**
     * Takes a metric of a type with a number. One whose value is NaN or infinite, or not of its type, is missing.
     *
     * @param unit as its birth said
     */
    void add(String name, DataType type, Metric metric, Optional<String> unit) {
        if (metric.getIsHistorical()) {
            flag("historical");
        }
        try {
            Double value = MetricReader.value(name, type, metric);
            if (value != null && !Double.isFinite(value)) {
                missing(name, "not_finite:", "value of " + name + " " + value + ": allowed is a finite number");
                return;
            }
            values.put(name, value);
            readable = true;
        } catch (SparkplugException e) {
            missing(name, "not_readable:", e.getMessage());
            return;
        }
        MetricReader.quality(metric).ifPresent(each -> quality.put(name, each));
        MetricReader.unit(metric).or(() -> unit).ifPresent(each -> units.put(name, each));
    }

    private void missing(String name, String flag, String problem) {
        values.putIfAbsent(name, null);
        quality.put(name, Quality.BAD);
        unreadable(flag + name, problem);
    }

    /** Notes a metric that cannot be read and has no name or type. */
    void unreadable(String flag, String problem) {
        flag(flag);
        problems.add(problem);
    }

    private void flag(String flag) {
        if (!flags.contains(flag) && flags.size() < MAX_FLAGS) {
            flags.add(flag);
        }
    }

    /** Problems of the metrics, in words. */
    List<String> problems() {
        return problems;
    }

    /** A reading; a refusal if none of the metrics could be read. */
    Decoded decode(String machine, long time, byte[] bytes, Origin origin) {
        if (!readable) {
            return new Decoded.Refused(origin.source(), bytes, "BadSparkplug", String.join("; ", problems));
        }
        Instant at = time > 0 ? Instant.ofEpochMilli(time) : origin.receivedAt();
        return new Measurement(machine, at, values, quality, units, flags).decode(bytes, origin);
    }
}
