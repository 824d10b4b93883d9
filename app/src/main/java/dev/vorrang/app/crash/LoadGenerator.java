package dev.vorrang.app.crash;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends the records of a load in their order, as far as it is let, in a thread of its own. Its producer is idempotent and outlasts a
 * broker that is away for minutes, so that each record is in the topic once.
 */
final class LoadGenerator implements AutoCloseable {

    private static final int PATIENCE_MS = 600_000;

    private final Workload load;
    private final Producer<String, byte[]> producer;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::send, "load");
    private volatile int burst;
    private volatile int limit;
    private volatile long pauseNanos;
    private volatile boolean closed;

    private LoadGenerator(Workload load, Producer<String, byte[]> producer) {
        this.load = load;
        this.producer = producer;
    }

    static LoadGenerator start(Workload load, String bootstrapServers) {
        var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        2,
                        "delivery.timeout.ms",
                        PATIENCE_MS,
                        "request.timeout.ms",
                        5_000,
                        "max.block.ms",
                        PATIENCE_MS),
                new StringSerializer(),
                new ByteArraySerializer());
        var generator = new LoadGenerator(load, producer);
        generator.thread.setDaemon(true);
        generator.thread.start();
        return generator;
    }

    /**
     * Lets it send.
     *
     * @param atOnce records up to this number, this one left out, as fast as they go
     * @param all then up to this number, this one left out, evenly
     * @param time for the latter
     */
    void release(int atOnce, int all, Duration time) {
        pauseNanos = time.toNanos() / Math.max(1, all - atOnce);
        burst = atOnce;
        limit = all;
        LockSupport.unpark(thread);
    }

    /** Records that the broker has. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Why it stopped, if it did. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure.get());
    }

    private void send() {
        try {
            for (int number = 0; !closed; ) {
                if (number < limit) {
                    if (number >= burst) {
                        LockSupport.parkNanos(pauseNanos);
                    }
                    send(number++);
                } else {
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
            }
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void send(int number) {
        byte[] header = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        var record = new ProducerRecord<>(
                load.input().name(),
                null,
                load.key(number),
                load.value(number),
                List.of(new RecordHeader(Workload.HEADER, header)));
        producer.send(record, (metadata, error) -> {
            if (error == null) {
                acknowledged.incrementAndGet();
            } else {
                failure.compareAndSet(null, error);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        producer.close(Duration.ZERO);
    }
}
