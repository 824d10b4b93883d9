package dev.vorrang.scoring.engine.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is kept of Kafka's own metrics: some hundred names with a series for each partition and broker would be more than the rest
 * together. These have a series for each client; there are a few for each stream thread.
 */
public enum KafkaMetric {
    STREAMS_THREADS("kafka.stream.alive.stream.threads", "Live stream threads."),
    THREAD_COMMIT_LATENCY("kafka.stream.thread.commit.latency.avg", "Mean time of a commit, in milliseconds."),
    THREAD_PROCESS_LATENCY(
            "kafka.stream.thread.process.latency.avg", "Mean time of a processing round, in milliseconds."),
    THREAD_POLL_RECORDS("kafka.stream.thread.poll.records.avg", "Mean number of records in a poll."),
    CONSUMER_HEARTBEAT(
            "kafka.consumer.coordinator.last.heartbeat.seconds.ago",
            "Seconds since a consumer's last heartbeat; -1 without a group."),
    CONSUMER_REBALANCES("kafka.consumer.coordinator.rebalance.total", "Rebalances of a consumer."),
    CONSUMER_POLL_GAP("kafka.consumer.time.between.poll.max", "Maximum time between two polls, in milliseconds."),
    CONSUMER_FETCH_LATENCY("kafka.consumer.fetch.manager.fetch.latency.avg", "Mean time of a fetch, in milliseconds."),
    CONSUMER_CONNECTIONS("kafka.consumer.connection.count", "Connections of a consumer."),
    PRODUCER_SENT("kafka.producer.record.send.total", "Records sent by a producer."),
    PRODUCER_ERRORS("kafka.producer.record.error.total", "Records that a producer failed to send."),
    PRODUCER_RETRIES("kafka.producer.record.retry.total", "Records retried by a producer."),
    PRODUCER_LATENCY("kafka.producer.request.latency.avg", "Mean time of a producer's request, in milliseconds."),
    PRODUCER_CONNECTIONS("kafka.producer.connection.count", "Connections of a producer.");

    private static final String PREFIX = "kafka.";
    /** A new one at each start, which would leave the series of each start behind. */
    private static final String RANDOM = "-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final String meterName;
    private final String description;

    KafkaMetric(String meterName, String description) {
        this.meterName = meterName;
        this.description = description;
    }

    public String description() {
        return description + " By client, or by thread of a client.";
    }

    /** Name in the Prometheus format. A total is a counter, whose name ends so already. */
    public String prometheusName() {
        return meterName.replace('.', '_');
    }

    /** Lets a registry keep none of Kafka's metrics but these; to be called before there are any. */
    public static void keepOnlyThese(MeterRegistry registry) {
        List<String> kept = Stream.of(values()).map(each -> each.meterName).toList();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return !id.getName().startsWith(PREFIX) || kept.contains(id.getName())
                        ? MeterFilterReply.NEUTRAL
                        : MeterFilterReply.DENY;
            }

            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith(PREFIX) ? id.replaceTags(withoutRandom(id.getTags())) : id;
            }
        });
    }

    /** As many tags as there were: Micrometer's binder takes a metric with fewer for the sum of the others, and removes it. */
    private static List<Tag> withoutRandom(List<Tag> tags) {
        return tags.stream()
                .map(tag -> Tag.of(tag.getKey(), tag.getValue().replaceAll(RANDOM, "")))
                .toList();
    }
}
