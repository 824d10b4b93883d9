package dev.vorrang.scoring.engine;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows, for each stream thread, which of the records that its consumer polled have not come to the processor yet. An interceptor
 * of the main consumer, which runs in the thread that polls. Where it is not set up, each record counts as the last of its poll.
 */
public final class PolledRecords implements ConsumerInterceptor<Object, Object> {

    private static final ThreadLocal<Pending> PENDING = ThreadLocal.withInitial(Pending::new);

    /** Of the thread that calls. */
    static Pending ofThisThread() {
        return PENDING.get();
    }

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        Pending pending = ofThisThread();
        for (TopicPartition partition : records.partitions()) {
            var ofPartition = records.records(partition);
            pending.polled(partition, ofPartition.get(ofPartition.size() - 1).offset());
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Nothing to do with commits.
    }

    @Override
    public void close() {
        PENDING.remove();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // No settings.
    }

    /** Last offset polled of each partition that has records yet to come. For one thread. */
    static final class Pending {

        private final Map<TopicPartition, Long> lastOffsets = new HashMap<>();

        void polled(TopicPartition partition, long lastOffset) {
            lastOffsets.put(partition, lastOffset);
        }

        /** @return whether all records that were polled have arrived with this one */
        boolean arrived(TopicPartition partition, long offset) {
            lastOffsets.computeIfPresent(partition, (key, last) -> offset >= last ? null : last);
            return lastOffsets.isEmpty();
        }

        /** What was polled of this partition will not come: its task is closed. */
        void forget(TopicPartition partition) {
            lastOffsets.remove(partition);
        }
    }
}
