package dev.vorrang.connectors.sink;

import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a task has done. Written by the task's thread, read by any. */
final class SinkCounts {

    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong buried = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong circuitOpen = new AtomicLong();

    void delivered(int actions) {
        delivered.addAndGet(actions);
    }

    void failed() {
        failed.incrementAndGet();
    }

    void buried() {
        buried.incrementAndGet();
    }

    void waiting(int deliveries) {
        waiting.set(deliveries);
    }

    void circuitOpen(boolean open) {
        circuitOpen.set(open ? 1 : 0);
    }

    long delivered() {
        return delivered.get();
    }

    /** Actions that need no further attempt. */
    long finished() {
        return delivered.get() + buried.get();
    }

    boolean isCircuitOpen() {
        return circuitOpen.get() == 1;
    }

    /** Shows them as metrics of the plugin, where the worker has such: Kafka 4.1 and later. */
    void register(SinkTaskContext context) {
        try {
            var metrics = context.pluginMetrics();
            if (metrics != null) {
                add(metrics, "delivered-total", "Actions that the target has.", delivered::get);
                add(metrics, "failed-total", "Attempts that failed.", failed::get);
                add(metrics, "dead-letters-total", "Actions sent to the dead letters.", buried::get);
                add(metrics, "waiting", "Actions taken from Kafka that the target does not have yet.", waiting::get);
                add(metrics, "circuit-open", "1 while the target counts as unavailable, else 0.", circuitOpen::get);
            }
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            // An earlier worker; the log says the same.
        }
    }

    private static void add(PluginMetrics metrics, String name, String description, LongSupplier value) {
        metrics.addMetric(metrics.metricName(name, description, new LinkedHashMap<>()), (Gauge<Long>)
                (config, now) -> value.getAsLong());
    }
}
