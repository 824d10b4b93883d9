package dev.vorrang.scoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.machine.Concluded;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
        metrics.routed("support");
        metrics.stateWritten(1);
        metrics.scored(concluded(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
        metrics.scored(mailScore(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
        metrics.gauge(Metric.CONSUMER_LAG, this, test -> 0);
        metrics.gauge(Metric.RUNNING_THREADS, this, test -> 0);
        metrics.gauge(Metric.CALL_AGE, this, test -> 0);

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
    void shouldHaveNoSeriesOfMailsInAStreamOfMachines() {
        var registry = new SimpleMeterRegistry();
        new ScoringMetrics(registry, "machine").scored(concluded(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .contains(Metric.MACHINE_SCORED.meterName())
                .doesNotContain(Metric.SCORED.meterName(), Metric.ABSTAINED.meterName());
    }

    private static MailScore mailScore() {
        return MailScore.newBuilder()
                .setId("1")
                .setThread("1")
                .setSource("file:/1")
                .setSubject("")
                .setReceivedAt(Instant.EPOCH)
                .setPriority(Priority.LOW)
                .setPriorityScore(0)
                .setModel(new ModelRef("m", "1"))
                .setPosition(new Position("mail.received", 0, 0L))
                .setScoredAt(Instant.EPOCH)
                .build();
    }

    private static Concluded concluded() {
        var position = new Position("machine.readings", 0, 0L);
        var score = MachineScore.newBuilder()
                .setId("1")
                .setMachine("press")
                .setTime(Instant.EPOCH)
                .setPosition(position)
                .setScoredAt(Instant.EPOCH)
                .build();
        var alert = MachineAlert.newBuilder()
                .setId("2")
                .setMachine("press")
                .setKind(AlertKind.ANOMALY)
                .setState(AlertState.RAISED)
                .setStart(Instant.EPOCH)
                .setTime(Instant.EPOCH)
                .setPeak(1)
                .setPeakTime(Instant.EPOCH)
                .setPosition(position)
                .build();
        return new Concluded(score, List.of(), List.of(alert));
    }

    private static List<String> tagKeys(Meter meter) {
        return meter.getId().getTags().stream().map(tag -> tag.getKey()).toList();
    }
}
