package dev.vorrang.app.bench;

import dev.vorrang.app.program.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed scores in a thread of its own, and notes how long each took. Whoever starts one closes it. */
final class ScoreReader implements AutoCloseable {

    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final StopSignal stop;
    private final OpenLoad.Schedule schedule;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::read, "score-reader");
    private final AtomicLong seen = new AtomicLong();
    private final Histogram latencies = OpenLoad.histogram();
    private volatile boolean closed;

    private ScoreReader(
            String bootstrapServers, List<TopicPartition> partitions, OpenLoad.Schedule schedule, StopSignal stop) {
        this.schedule = schedule;
        this.stop = stop;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        "false",
                        "max.poll.records",
                        "10000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
    }

    /** @param partitions of the scores; they are read from their beginning */
    static ScoreReader start(
            String bootstrapServers, List<TopicPartition> partitions, OpenLoad.Schedule schedule, StopSignal stop) {
        var reader = new ScoreReader(bootstrapServers, partitions, schedule, stop);
        reader.thread.start();
        return reader;
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                var records = consumer.poll(LONGEST_POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    long number = RecordNumber.of(record.value());
                    if (number >= schedule.uncounted()) {
                        latencies.recordValue(OpenLoad.micros(now - schedule.due(number)));
                    }
                }
                seen.addAndGet(records.count());
            }
        }
    }

    /** Returns when so many scores were seen, or after that time. */
    void await(long count, Duration longest) {
        long limit = System.nanoTime() + longest.toNanos();
        while (seen.get() < count && thread.isAlive() && System.nanoTime() - limit < 0) {
            stop.await(GLANCE);
            stop.check();
        }
    }

    /** Ends the reading; what was noted can be had then. */
    Histogram latencies() {
        close();
        return latencies;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
