package dev.vorrang.connectors.sink;

import dev.vorrang.connectors.plugin.Version;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/**
 * Takes actions from Connect and hands them to a {@link SinkDelivery}. {@link #put} returns after a few seconds and one attempt at
 * most, whatever the target does, and asks to be called again; Connect commits what the target has, and no more.
 */
public abstract class ActionSinkTask extends SinkTask {

    private SinkDelivery delivery;
    private boolean paused;

    /** What a task delivers to, and how hard it tries. */
    public record Opened(Target target, DeliveryPolicy policy) {}

    /**
     * Reads the settings. Does not connect.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong
     */
    protected abstract Opened open(Map<String, String> properties);

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> properties) {
        var reporter = context.errantRecordReporter();
        if (reporter == null) {
            throw new ConnectException(DeliverySettings.DEAD_LETTER_TOPIC
                    + " is missing: without it there is nowhere to put an action that is refused");
        }
        var opened = open(properties);
        delivery = new SinkDelivery(
                properties.getOrDefault("name", getClass().getSimpleName()),
                opened.target(),
                opened.policy(),
                reporter::report,
                Clock.systemUTC(),
                System::nanoTime);
        delivery.counts().register(context);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        long before = delivery.counts().finished();
        records.forEach(delivery::add);
        try {
            context.timeout(delivery.work().toMillis());
            if (delivery.counts().finished() != before) {
                // At once, and not with the worker's next commit: what is not committed is delivered again after a
                // crash.
                context.requestCommit();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted while actions were carried out", e);
        }
        var partitions = context.assignment().toArray(TopicPartition[]::new);
        if (delivery.isFull()) {
            context.pause(partitions);
            paused = true;
        } else if (paused) {
            context.resume(partitions);
            paused = false;
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        return delivery.done(currentOffsets);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        delivery.drop(partitions);
    }

    @Override
    public void stop() {
        if (delivery != null) {
            delivery.close();
        }
    }
}
