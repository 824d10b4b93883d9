package dev.vorrang.app.metrics;

import dev.vorrang.console.Console;
import dev.vorrang.ingest.connection.ReaderReports;
import dev.vorrang.scoring.engine.metrics.KafkaMetric;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The metrics of the program as a whole: the JVM, its process, the disk of the data folder and whether sources read. The number of
 * series does not grow with the records. Owns the registry that the streams record into as well.
 */
public final class ProgramMetrics implements AutoCloseable {

    private static final String SOURCE_UP = "vorrang.source.up";
    private static final String SINK_UP = "vorrang.sink.up";
    private static final String WAITING_READERS = "vorrang.waiting.readers";

    /** By the names that Prometheus sees. */
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put(
                "vorrang_source_up",
                "1 while the connector of a mailbox or of machines runs, 0 if it has failed; tag `source`.");
        MEANINGS.put("vorrang_sink_up", "1 while the connector of a sink runs, 0 if it has failed; tag `sink`.");
        MEANINGS.put(
                "vorrang_waiting_readers",
                "Readers of sources, such as folders of a mailbox, that wait for their server or restart.");
        MEANINGS.put("vorrang_console_browsers", "Browsers with an open live connection to the console.");
        MEANINGS.put("vorrang_console_sessions", "Sessions of the console.");
        MEANINGS.put("vorrang_console_behind_records", "Records that the console has not read yet.");
        MEANINGS.put("vorrang_console_unreadable_records", "Records since the start that the console could not read.");
        MEANINGS.put("jvm_memory_used_bytes", "Memory in use, by `area` (heap, nonheap) and `id` of the pool.");
        MEANINGS.put("jvm_memory_committed_bytes", "Memory that the JVM has reserved, by the same tags.");
        MEANINGS.put("jvm_memory_max_bytes", "Maximum size of a pool, by the same tags; -1 if unlimited.");
        MEANINGS.put(
                "jvm_memory_usage_after_gc", "Share of the heap's old generation in use after its last collection.");
        MEANINGS.put("jvm_buffer_count_buffers", "Buffers outside the heap, by `id` of the pool.");
        MEANINGS.put("jvm_buffer_memory_used_bytes", "Memory of these buffers in use.");
        MEANINGS.put("jvm_buffer_total_capacity_bytes", "Capacity of these buffers.");
        MEANINGS.put(
                "jvm_gc_pause_seconds",
                "Pauses for garbage collection, by `action`, `cause` and `gc`; `_count`, `_sum`, `_max`.");
        MEANINGS.put(
                "jvm_gc_concurrent_phase_time_seconds", "Time in concurrent phases, for collectors with such phases.");
        MEANINGS.put("jvm_gc_overhead", "Share of recent processor time spent in garbage collection.");
        MEANINGS.put("jvm_gc_live_data_size_bytes", "Old generation in use after its last full collection.");
        MEANINGS.put("jvm_gc_max_data_size_bytes", "Maximum size of the old generation.");
        MEANINGS.put("jvm_gc_memory_allocated_bytes_total", "Bytes allocated in the young generation.");
        MEANINGS.put("jvm_gc_memory_promoted_bytes_total", "Bytes promoted to the old generation.");
        MEANINGS.put("jvm_threads_live_threads", "Threads.");
        MEANINGS.put("jvm_threads_daemon_threads", "Daemon threads.");
        MEANINGS.put("jvm_threads_peak_threads", "Peak number of threads since the start.");
        MEANINGS.put("jvm_threads_started_threads_total", "Threads started.");
        MEANINGS.put("jvm_threads_states_threads", "Threads by `state`.");
        MEANINGS.put("jvm_classes_loaded_classes", "Classes loaded.");
        MEANINGS.put("jvm_classes_loaded_count_classes_total", "Classes loaded since the start.");
        MEANINGS.put("jvm_classes_unloaded_classes_total", "Classes unloaded since the start.");
        MEANINGS.put("system_cpu_count", "Processors.");
        MEANINGS.put("system_cpu_usage", "Share of the machine's processors in use, 0 to 1.");
        MEANINGS.put("system_load_average_1m", "System load average over the last minute.");
        MEANINGS.put("process_cpu_usage", "Share of the machine's processors used by this process, 0 to 1.");
        MEANINGS.put("process_cpu_time_ns_total", "Processor time of this process, in nanoseconds.");
        MEANINGS.put("process_uptime_seconds", "Time since the start.");
        MEANINGS.put("process_start_time_seconds", "Time of the start, in seconds since 1970.");
        MEANINGS.put("process_files_open_files", "File descriptors in use.");
        MEANINGS.put("process_files_max_files", "Maximum number of file descriptors of this process.");
        MEANINGS.put("disk_free_bytes", "Free bytes of the disk with the data folder; tag `path`.");
        MEANINGS.put("disk_total_bytes", "Size of that disk.");
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final JvmHeapPressureMetrics heapPressure = new JvmHeapPressureMetrics();

    /** @param data folder whose disk is measured */
    public ProgramMetrics(Path data) {
        KafkaMetric.keepOnlyThese(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new DiskSpaceMetrics(data.toAbsolutePath().toFile()).bindTo(registry);
        Gauge.builder(WAITING_READERS, () -> ReaderReports.troubles().size()).register(registry);
        collections.bindTo(registry);
        heapPressure.bindTo(registry);
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Tells whether the connector of a source runs; it is asked at each look at the metrics. */
    public void source(String name, BooleanSupplier up) {
        up(SOURCE_UP, "source", name, up);
    }

    /** Tells whether the connector of a sink runs; it is asked at each look at the metrics. */
    public void sink(String name, BooleanSupplier up) {
        up(SINK_UP, "sink", name, up);
    }

    /** Tells of the console; it is asked at each look at the metrics. */
    public void console(Console console) {
        Gauge.builder("vorrang.console.browsers", console::browsers).register(registry);
        Gauge.builder("vorrang.console.sessions", console::sessions).register(registry);
        Gauge.builder("vorrang.console.behind", () -> console.health().behind())
                .baseUnit("records")
                .register(registry);
        Gauge.builder("vorrang.console.unreadable", console::unreadable)
                .baseUnit("records")
                .register(registry);
    }

    private void up(String metric, String kind, String name, BooleanSupplier up) {
        Gauge.builder(metric, () -> up.getAsBoolean() ? 1 : 0)
                .description("1 while the connector of a " + kind + " runs, 0 if it has failed.")
                .tag(kind, name)
                .register(registry);
    }

    /** What these metrics and those of the Kafka clients are, by the names that Prometheus sees. */
    public static Map<String, String> meanings() {
        var all = new LinkedHashMap<>(MEANINGS);
        for (KafkaMetric metric : KafkaMetric.values()) {
            all.put(metric.prometheusName(), metric.description());
        }
        return all;
    }

    /** All of them as a table in Markdown. */
    public static String markdownTable() {
        return "| metric (Prometheus) | meaning |\n| --- | --- |\n"
                + meanings().entrySet().stream()
                        .map(each -> "| `" + each.getKey() + "` | " + each.getValue() + " |\n")
                        .collect(Collectors.joining());
    }

    @Override
    public void close() {
        collections.close();
        heapPressure.close();
    }
}
