package dev.vorrang.connectors.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.EmailMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * One life of the task, in the place of a worker that can be killed at any record. What Kafka has taken is acknowledged, and
 * committed to the offsets that outlive the task; the rest is lost with it, as the records of a killed worker are.
 */
final class TaskRun implements AutoCloseable {

    /** Longest time without a record. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SourceTask task = new ImapSourceTask();
    private final Map<Map<String, ?>, Map<String, ?>> committed;
    private final List<SourceRecord> records = new ArrayList<>();
    private int taken;

    /** Starts a task with what earlier ones committed. */
    TaskRun(Map<String, String> config, Map<Map<String, ?>, Map<String, ?>> committed) {
        this.committed = committed;
        task.initialize(new Context(config, committed));
        task.start(config);
    }

    /** Polls until so many records came in all, each acknowledged and committed at once. */
    TaskRun takeUntil(int count) throws InterruptedException {
        return takeUntil(count, Integer.MAX_VALUE);
    }

    /** Polls until so many records came in all; only the first ones are committed, but all acknowledged. */
    TaskRun takeUntil(int count, int commits) throws InterruptedException {
        var end = Instant.now().plus(LIMIT);
        while (taken < count) {
            assertThat(Instant.now())
                    .as("time to take %d records, came %d", count, taken)
                    .isBefore(end);
            if (poll(commits) > 0) {
                end = Instant.now().plus(LIMIT);
            }
        }
        return this;
    }

    /** Polls as {@link #takeUntil(int, int)} does, but keeps no more of the records than the ids of their mails. */
    Set<String> takeIds(int count, int commits) throws InterruptedException {
        var ids = new HashSet<String>();
        while (taken < count) {
            takeUntil(taken + 1, commits);
            ids.addAll(ids());
            records.clear();
        }
        return ids;
    }

    /** Polls for a while and returns how many records came. */
    int poll(int commits) throws InterruptedException {
        var polled = task.poll();
        if (polled == null) {
            return 0;
        }
        for (var record : polled) {
            records.add(record);
            if (++taken <= commits) {
                committed.put(new HashMap<>(record.sourcePartition()), record.sourceOffset());
            }
            task.commitRecord(record, null);
        }
        return polled.size();
    }

    List<SourceRecord> records() {
        return records;
    }

    List<String> ids() {
        return mails().stream().map(mail -> mail.getString("id")).toList();
    }

    List<String> subjects() {
        return mails().stream().map(mail -> mail.getString("subject")).toList();
    }

    List<Struct> mails() {
        return records.stream()
                .map(SourceRecord::value)
                .filter(Struct.class::isInstance)
                .map(Struct.class::cast)
                .peek(mail -> assertThat(mail.schema().name()).isEqualTo(EmailMessage.class.getName()))
                .toList();
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
        public org.apache.kafka.common.metrics.PluginMetrics pluginMetrics() {
            return null;
        }
    }
}
