package dev.vorrang.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * One life of a source task, in the place of a worker that can be killed at any record. The test says which records Kafka has: these
 * are acknowledged, and committed to the offsets that outlive the task; the rest is lost with it.
 */
public class TaskRun implements AutoCloseable {

    /** Longest time without a record. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final SourceTask task;
    private final Map<Map<String, ?>, Map<String, ?>> committed;
    private final List<SourceRecord> records = new ArrayList<>();
    private final List<SourceRecord> open = new ArrayList<>();
    private int taken;

    /** Starts a task with what earlier ones committed. */
    public TaskRun(SourceTask task, Map<String, String> config, Map<Map<String, ?>, Map<String, ?>> committed) {
        this.task = task;
        this.committed = committed;
        task.initialize(new Context(config, committed));
        task.start(config);
    }

    /** Polls once, and returns how many records came. */
    public int poll() throws InterruptedException {
        var polled = task.poll();
        if (polled == null) {
            return 0;
        }
        taken += polled.size();
        records.addAll(polled);
        open.addAll(polled);
        return polled.size();
    }

    /** Polls until so many records came in all, without a commit. */
    public TaskRun take(int count) throws InterruptedException {
        var end = Instant.now().plus(LIMIT);
        while (taken < count) {
            assertThat(Instant.now())
                    .as("time to take %d records, came %d", count, taken)
                    .isBefore(end);
            if (poll() > 0) {
                end = Instant.now().plus(LIMIT);
            }
        }
        return this;
    }

    /** Polls, and commits all at once, until so many records came in all. */
    public TaskRun takeAndCommit(int count) throws InterruptedException {
        while (taken < count) {
            take(taken + 1).commit(Integer.MAX_VALUE);
        }
        return this;
    }

    /** Kafka has the next records, at most so many. */
    public TaskRun commit(int count) {
        var first = open.subList(0, Math.min(count, open.size()));
        first.forEach(record -> committed.put(new HashMap<>(record.sourcePartition()), record.sourceOffset()));
        acknowledge(first);
        return this;
    }

    /** Kafka has all records, but the worker is killed before it commits them. */
    public void acknowledge() {
        acknowledge(open);
    }

    private void acknowledge(List<SourceRecord> acknowledged) {
        for (var record : acknowledged) {
            try {
                task.commitRecord(record, null);
            } catch (InterruptedException e) {
                throw new IllegalStateException("no task waits here", e);
            }
        }
        acknowledged.clear();
    }

    /** How many records came in all. */
    public int taken() {
        return taken;
    }

    public List<SourceRecord> records() {
        return records;
    }

    public Map<Map<String, ?>, Map<String, ?>> committed() {
        return committed;
    }

    /** Values of the records on one topic. */
    public List<Struct> on(String topic) {
        return records.stream()
                .filter(record -> record.topic().equals(topic))
                .map(record -> (Struct) record.value())
                .toList();
    }

    public List<Struct> readings() {
        return on("machine.readings");
    }

    public List<Struct> letters() {
        return on("machine.dead-letters");
    }

    @Override
    public void close() {
        task.stop();
    }

    private record Context(Map<String, String> configs, Map<Map<String, ?>, Map<String, ?>> committed)
            implements SourceTaskContext {

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new OffsetStorageReader() {
                @Override
                @SuppressWarnings("unchecked")
                public <T> Map<String, Object> offset(Map<String, T> partition) {
                    return (Map<String, Object>) committed.get(partition);
                }

                @Override
                public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                    var found = new HashMap<Map<String, T>, Map<String, Object>>();
                    partitions.forEach(partition -> found.put(partition, offset(partition)));
                    return found;
                }
            };
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return null;
        }
    }
}
