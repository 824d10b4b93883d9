package dev.vorrang.ingest.sparkplug;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * Takes instances of templates apart: after the instance itself come its metrics, named {@code INSTANCE/METRIC}. The metrics of a
 * definition are left out, for they have no values.
 */
final class Templates {

    private static final int MAX_DEPTH = 16;

    private final Function<Metric, String> names;
    private final int most;
    private final List<Metric> flat = new ArrayList<>();

    private Templates(Function<Metric, String> names, int most) {
        this.names = names;
        this.most = most;
    }

    /**
     * The metrics of a payload, those of templates among them.
     *
     * @param names name of a metric, which it may have by its alias alone; empty if it has none
     * @throws SparkplugException if they are more than allowed, or nested too deep
     */
    static List<Metric> flat(Payload payload, Function<Metric, String> names, int most) throws SparkplugException {
        var templates = new Templates(names, most);
        for (Metric metric : payload.getMetricsList()) {
            templates.add(metric, 0);
        }
        return templates.flat;
    }

    private void add(Metric metric, int depth) throws SparkplugException {
        if (flat.size() >= most) {
            throw new SparkplugException("metrics: more than " + most + ", which are allowed for an edge node");
        }
        if (depth > MAX_DEPTH) {
            throw new SparkplugException(
                    "metric " + metric.getName() + ": templates are nested deeper than allowed, " + MAX_DEPTH);
        }
        flat.add(metric);
        if (!metric.getTemplateValue().getIsDefinition()) {
            for (Metric member : metric.getTemplateValue().getMetricsList()) {
                add(named(member, metric), depth + 1);
            }
        }
    }

    private Metric named(Metric member, Metric instance) {
        Metric.Builder named = member.toBuilder();
        String prefix = names.apply(instance);
        if (!prefix.isEmpty() && !member.getName().isEmpty()) {
            named.setName(prefix + "/" + member.getName());
        }
        if (!member.hasTimestamp() && instance.hasTimestamp()) {
            named.setTimestamp(instance.getTimestamp());
        }
        return named.setIsHistorical(member.getIsHistorical() || instance.getIsHistorical())
                .build();
    }
}
