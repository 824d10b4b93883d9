package dev.vorrang.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.engine.metrics.KafkaMetric;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramMetricsTest {

    @Test
    void shouldTellOfTheJvmTheProcessAndTheDiskAndDocumentEach(@TempDir Path data) {
        try (var metrics = new ProgramMetrics(data)) {
            System.gc();
            var names = names(metrics);

            assertThat(names)
                    .contains(
                            "jvm_memory_used_bytes",
                            "jvm_threads_live_threads",
                            "jvm_classes_loaded_classes",
                            "process_cpu_usage",
                            "process_uptime_seconds",
                            "process_files_open_files",
                            "disk_free_bytes",
                            "jvm_memory_usage_after_gc");
            assertThat(names.stream()
                            .map(name -> name.replaceAll("_(count|sum|max)$", ""))
                            .filter(name -> names.contains(name) || name.contains("pause")))
                    .isSubsetOf(ProgramMetrics.meanings().keySet());
        }
    }

    @Test
    void shouldTellWhetherASourceAndASinkRun(@TempDir Path data) {
        var up = new AtomicBoolean(true);
        try (var metrics = new ProgramMetrics(data)) {
            metrics.source("desk", up::get);
            metrics.sink("pager", up::get);
            assertThat(metrics.registry().scrape()).contains("vorrang_source_up{source=\"desk\"} 1.0");
            up.set(false);
            assertThat(metrics.registry().scrape())
                    .contains("vorrang_source_up{source=\"desk\"} 0.0", "vorrang_sink_up{sink=\"pager\"} 0.0");
        }
    }

    @Test
    void shouldKeepFewOfKafkasMetricsAndNoSeriesForEachStart(@TempDir Path data) {
        try (var metrics = new ProgramMetrics(data)) {
            FunctionCounter.builder("kafka.producer.record.send.total", this, test -> 1)
                    .tag("client.id", "vorrang-mail-0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f-StreamThread-1-producer")
                    .tag("kafka.version", "4.3.1")
                    .register(metrics.registry());
            Gauge.builder("kafka.producer.topic.byte.rate", () -> 1)
                    .tag("topic", "mail.scored")
                    .register(metrics.registry());

            assertThat(metrics.registry().scrape().lines().filter(line -> line.startsWith("kafka")))
                    .containsExactly(
                            "kafka_producer_record_send_total{client_id=\"vorrang-mail-StreamThread-1-producer\",kafka_version=\"4.3.1\"}"
                                    + " 1.0");
            assertThat(KafkaMetric.values()).hasSizeLessThan(20);
        }
    }

    private static List<String> names(ProgramMetrics metrics) {
        return metrics.registry()
                .scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Stream.of(line.split("[ {]")[0]))
                .distinct()
                .toList();
    }
}
