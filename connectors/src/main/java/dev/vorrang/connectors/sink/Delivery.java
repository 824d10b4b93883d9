package dev.vorrang.connectors.sink;

import dev.failsafe.Execution;
import dev.vorrang.schemas.Action;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** What is carried out by one call of a target: an action, or a digest of them. The thread of the task uses it. */
final class Delivery {

    /** Deliveries of one key are carried out in their order. */
    private final Object key;

    private final TopicPartition partition;
    private final List<SinkRecord> records = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final Execution<Void> attempts;
    private final long since;
    private long due;

    /**
     * @param attempts counts failures, and knows the pauses
     * @param since nanoseconds at which the task got it
     * @param due nanoseconds at which it may be tried
     */
    Delivery(Object key, TopicPartition partition, Execution<Void> attempts, long since, long due) {
        this.key = key;
        this.partition = partition;
        this.attempts = attempts;
        this.since = since;
        this.due = due;
    }

    void add(SinkRecord record, Action action) {
        records.add(record);
        actions.add(action);
    }

    Object key() {
        return key;
    }

    TopicPartition partition() {
        return partition;
    }

    List<SinkRecord> records() {
        return records;
    }

    List<Action> actions() {
        return actions;
    }

    Execution<Void> attempts() {
        return attempts;
    }

    long since() {
        return since;
    }

    long due() {
        return due;
    }

    void due(long nanos) {
        due = nanos;
    }
}
