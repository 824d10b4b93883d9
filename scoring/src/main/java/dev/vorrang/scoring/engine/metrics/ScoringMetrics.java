package dev.vorrang.scoring.engine.metrics;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Records the metrics of one stream in a Micrometer registry. Safe for use by many threads. Timers publish histograms, so that
 * percentiles can be had over several instances.
 */
public final class ScoringMetrics {

    private final MeterRegistry registry;
    private final Tags stream;
    private final Map<Stage, Counter> deadLetters = new EnumMap<>(Stage.class);
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Metric, Timer> timers = new ConcurrentHashMap<>();
    private final Counter received;
    private final Counter batchFailures;
    private final Counter slowCalls;
    private final Counter threadsReplaced;
    private final DistributionSummary batchSize;
    private final Timer batchTime;
    private final Timer held;
    private final Timer appended;
    private final Timer endToEnd;

    /** A counter by the values of its tags after the stream. */
    private record Series(Metric metric, List<String> values) {

        Tags tagged(Tags stream) {
            List<String> names = metric.tags().subList(1, metric.tags().size());
            if (names.size() != values.size()) {
                throw new IllegalArgumentException(metric + " has the tags " + names + ", not " + values.size());
            }
            Tags tags = stream;
            for (int i = 0; i < names.size(); i++) {
                tags = tags.and(names.get(i), values.get(i));
            }
            return tags;
        }
    }

    /**
     * @param registry takes the metrics; stays the caller's to close
     * @param streamName value of the tag stream, such as mail
     */
    public ScoringMetrics(MeterRegistry registry, String streamName) {
        this.registry = registry;
        this.stream = Tags.of(Metric.Tag.STREAM, streamName);
        for (Stage stage : Stage.values()) {
            deadLetters.put(stage, deadLetters(registry, streamName, stage));
        }
        received = counter(Metric.RECEIVED, stream);
        batchFailures = counter(Metric.BATCH_FAILURES, stream);
        slowCalls = counter(Metric.SLOW_CALLS, stream);
        threadsReplaced = counter(Metric.REPLACED_THREADS, stream);
        batchSize = DistributionSummary.builder(Metric.BATCH_SIZE.meterName())
                .description(Metric.BATCH_SIZE.description())
                .baseUnit(Metric.BATCH_SIZE.unit())
                .serviceLevelObjectives(1, 4, 16, 64, 256, 1024, 4096)
                .tags(stream)
                .register(registry);
        batchTime = timer(Metric.BATCH_TIME, Duration.ofMillis(1), Duration.ofMinutes(1));
        held = timer(Metric.LATENCY_HELD, Duration.ofMillis(1), Duration.ofMinutes(1));
        appended = timer(Metric.LATENCY_APPENDED, Duration.ofMillis(1), Duration.ofHours(1));
        endToEnd = timer(Metric.LATENCY_END_TO_END, Duration.ofMillis(10), Duration.ofHours(1));
    }

    /** Outside of any stream: nobody reads them. */
    public static ScoringMetrics standalone() {
        return new ScoringMetrics(new SimpleMeterRegistry(), "file");
    }

    /** Names the model in service. */
    public void model(ModelRef model) {
        Gauge.builder(Metric.MODEL_INFO.meterName(), () -> 1)
                .description(Metric.MODEL_INFO.description())
                .tags(stream.and(Metric.Tag.MODEL, model.getName(), Metric.Tag.VERSION, model.getVersion()))
                .register(registry);
    }

    /**
     * Registers what the clients of a stream measure.
     *
     * @return to be closed before the streams are
     */
    public KafkaStreamsMetrics kafka(KafkaStreams streams) {
        var metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        return metrics;
    }

    public void received() {
        received.increment();
    }

    /**
     * Counts a record that was sent on.
     *
     * @param measurements what its stream counts of it
     * @param eventTime when what it tells of happened
     * @param recordTime time of the record that was scored
     * @param arrived when the record came to the processor
     * @param now when it was sent on
     */
    public void scored(
            List<Measurement> measurements, Instant eventTime, Instant recordTime, Instant arrived, Instant now) {
        measurements.forEach(this::count);
        record(appended, recordTime, now);
        record(held, arrived, now);
        record(endToEnd, eventTime, now);
    }

    /** @throws IllegalArgumentException if it has not one value for each of the metric's tags after the stream */
    public void count(Measurement measurement) {
        counters.computeIfAbsent(
                        new Series(measurement.metric(), measurement.tags()),
                        series -> counter(series.metric(), series.tagged(stream)))
                .increment(measurement.amount());
    }

    /** Records a time of a timer that not every stream has. */
    public void time(Metric metric, Duration time) {
        timers.computeIfAbsent(metric, each -> timer(each, Duration.ofMillis(1), Duration.ofMinutes(1)))
                .record(time);
    }

    /**
     * Counts the dead letters of a stream and stage, whoever writes them.
     *
     * @param streamName value of the tag stream, such as mail
     */
    public static Counter deadLetters(MeterRegistry registry, String streamName, Stage stage) {
        return Counter.builder(Metric.DEAD_LETTERS.meterName())
                .description(Metric.DEAD_LETTERS.description())
                .baseUnit(Metric.DEAD_LETTERS.unit())
                .tags(Metric.Tag.STREAM, streamName, Metric.Tag.STAGE, stage.name())
                .register(registry);
    }

    public void deadLetter(Stage stage) {
        deadLetters.get(stage).increment();
    }

    public void batch(int size, Duration time) {
        batchSize.record(size);
        batchTime.record(time);
    }

    public void batchFailed() {
        batchFailures.increment();
    }

    public void slowCall() {
        slowCalls.increment();
    }

    public void threadReplaced() {
        threadsReplaced.increment();
    }

    /**
     * Registers a gauge of this stream.
     *
     * @param source is asked each time the gauge is read; held weakly
     */
    public <T> void gauge(Metric metric, T source, ToDoubleFunction<T> value) {
        Gauge.builder(metric.meterName(), source, value)
                .description(metric.description())
                .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
                .tags(stream)
                .register(registry);
    }

    /** A mail may claim any time: centuries ago saturates, and the future counts as now. */
    private static void record(Timer timer, Instant from, Instant to) {
        timer.record(Math.max(0, to.toEpochMilli() - from.toEpochMilli()), TimeUnit.MILLISECONDS);
    }

    private Counter counter(Metric metric, Tags tags) {
        return Counter.builder(metric.meterName())
                .description(metric.description())
                .baseUnit(metric.unit())
                .tags(tags)
                .register(registry);
    }

    private Timer timer(Metric metric, Duration shortest, Duration longest) {
        return Timer.builder(metric.meterName())
                .description(metric.description())
                .publishPercentileHistogram()
                .minimumExpectedValue(shortest)
                .maximumExpectedValue(longest)
                .tags(stream)
                .register(registry);
    }
}
