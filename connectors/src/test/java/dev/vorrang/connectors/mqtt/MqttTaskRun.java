package dev.vorrang.connectors.mqtt;

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
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** One life of the task, in the place of a worker: the test says which records Kafka has. */
final class MqttTaskRun implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final MqttSourceTask task = new MqttSourceTask();
    private final Map<Map<String, ?>, Map<String, ?>> committed;
    private final List<SourceRecord> records = new ArrayList<>();
    private final List<SourceRecord> open = new ArrayList<>();

    MqttTaskRun(Map<String, String> config, Map<Map<String, ?>, Map<String, ?>> committed) {
        this.committed = committed;
        task.initialize(new Context(config, committed));
        task.start(config);
    }

    /** Polls until so many records came in all, without a commit. */
    MqttTaskRun take(int count) throws InterruptedException {
        var end = Instant.now().plus(LIMIT);
        while (records.size() < count) {
            assertThat(Instant.now())
                    .as("time to take %d records, came %d", count, records.size())
                    .isBefore(end);
            poll();
        }
        return this;
    }

    /** Polls, and commits all at once, until so many records came in all. */
    MqttTaskRun takeAndCommit(int count) throws InterruptedException {
        while (records.size() < count) {
            take(records.size() + 1).commit(Integer.MAX_VALUE);
        }
        return this;
    }

    /** Polls once, and returns how many records came. */
    int poll() throws InterruptedException {
        var polled = task.poll();
        if (polled == null) {
            return 0;
        }
        records.addAll(polled);
        open.addAll(polled);
        return polled.size();
    }

    /** Kafka has the next records, at most so many. */
    MqttTaskRun commit(int count) {
        var first = open.subList(0, Math.min(count, open.size()));
        for (var record : first) {
            committed.put(new HashMap<>(record.sourcePartition()), record.sourceOffset());
            task.commitRecord(record, null);
        }
        first.clear();
        return this;
    }

    List<SourceRecord> records() {
        return records;
    }

    List<Struct> readings() {
        return records.stream()
                .filter(record -> record.topic().equals("machine.readings"))
                .map(record -> (Struct) record.value())
                .toList();
    }

    List<String> ids() {
        return readings().stream().map(reading -> reading.getString("id")).toList();
    }

    /** Each reading as machine, sensors with values, flags. */
    List<String> texts() {
        return readings().stream()
                .map(reading ->
                        reading.getString("machine") + " " + reading.getMap("values") + " " + reading.getArray("flags"))
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
        public PluginMetrics pluginMetrics() {
            return null;
        }
    }
}
