package dev.vorrang.scoring.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.ModelRef;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {

    @Test
    void shouldListEachMetricInTheTable() {
        String table = Metric.markdownTable();

        assertThat(table.lines()).hasSize(2 + Metric.values().length);
        assertThat(table)
                .contains("| `vorrang_dead_letters_total` | counter | letters | `stream`, `stage` |")
                .contains("| `vorrang_batch_size_records` | summary |")
                .contains("| `vorrang_batch_time_seconds` | timer |")
                .contains("| `vorrang_model_info` | gauge | – |");
    }

    @Test
    void shouldRecordWithTheTagsInTheTable() {
        var registry = new SimpleMeterRegistry();
        var metrics = new ScoringMetrics(registry, "mail");
        metrics.model(new ModelRef("m", "1"));
        var counted = List.of(
                Measurement.one(Metric.SCORED, "LOW"),
                new Measurement(Metric.ABSTAINED, 0, List.of()),
                Measurement.one(Metric.ROUTED, "support"),
                Measurement.one(Metric.CASCADE_MAILS, "ANSWERED"),
                Measurement.one(Metric.CASCADE_CHANGED, "LEVEL"),
                Measurement.one(Metric.CASCADE_FAILURES, "SLOW"),
                new Measurement(Metric.STATE_WRITTEN, 7, List.of()),
                Measurement.one(Metric.MACHINE_SCORED, "SCORED"),
                Measurement.one(Metric.MACHINE_ALERTS, "ANOMALY", "RAISED"),
                Measurement.one(Metric.DEMAND_OBSERVED, "ON_TIME"),
                new Measurement(Metric.DEMAND_FORECASTS, 1, List.of()),
                Measurement.one(Metric.DEMAND_ALERTS, "SURGE", "RAISED"),
                Measurement.one(Metric.ACTIONS, "page-outages", "SENT"));
        metrics.scored(counted, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
        metrics.gauge(Metric.CONSUMER_LAG, this, test -> 0);
        metrics.gauge(Metric.RUNNING_THREADS, this, test -> 0);
        metrics.gauge(Metric.CALL_AGE, this, test -> 0);
        metrics.gauge(Metric.CASCADE_OPEN, this, test -> 0);
        metrics.time(Metric.CASCADE_TIME, Duration.ofMillis(5));

        assertThat(Arrays.asList(Metric.values())).allSatisfy(metric -> assertThat(
                        registry.get(metric.meterName()).meters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(tagKeys(meter)).containsExactlyInAnyOrderElementsOf(metric.tags())));
        // The simple registry shows the buckets of a histogram as gauges.
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName().replace(".histogram", ""))
                .allSatisfy(name -> assertThat(Metric.values())
                        .extracting(Metric::meterName)
                        .contains(name));
    }

    @Test
    void shouldCountByTheValuesOfTheTags() {
        var registry = new SimpleMeterRegistry();
        var metrics = new ScoringMetrics(registry, "mail");
        metrics.count(Measurement.one(Metric.ROUTED, "support"));
        metrics.count(Measurement.one(Metric.ROUTED, "billing"));
        metrics.count(new Measurement(Metric.ROUTED, 2, List.of("support")));

        assertThat(registry.get("vorrang.routed")
                        .tags("stream", "mail", "queue", "support")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .doesNotContain(Metric.SCORED.meterName(), Metric.MACHINE_SCORED.meterName());
        assertThatThrownBy(() -> metrics.count(Measurement.one(Metric.ROUTED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[queue]");
    }

    private static List<String> tagKeys(Meter meter) {
        return meter.getId().getTags().stream().map(tag -> tag.getKey()).toList();
    }
}
