package dev.vorrang.connectors.opcua;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.awaitility.Awaitility;

/** A task, polled as Connect does, every record of it committed. */
final class TaskRun implements AutoCloseable {

    private final OpcUaSourceTask task = new OpcUaSourceTask();
    private final List<SourceRecord> records = new ArrayList<>();
    private final Map<Map<String, ?>, Map<String, ?>> committed = new HashMap<>();

    TaskRun(Map<String, String> config) {
        this(config, Map.of());
    }

    TaskRun(Map<String, String> config, Map<Map<String, ?>, Map<String, ?>> committed) {
        this.committed.putAll(committed);
        task.initialize(new Context(config, Map.copyOf(committed)));
        task.start(config);
    }

    static Map<String, String> config(int port, Path folder, String... more) {
        var config = new HashMap<String, String>();
        config.put(OpcUaSettings.ENDPOINT, "opc.tcp://127.0.0.1:" + port + "/plant");
        config.put(OpcUaSettings.POLICY, "None");
        config.put(OpcUaSettings.CERTIFICATES, folder.toString());
        config.put(OpcUaSettings.PUBLISHING_MS, "50");
        config.put(OpcUaSettings.SAMPLING_MS, "10");
        config.put(OpcUaSettings.TIMEOUT_MS, "5000");
        config.put(OpcUaSettings.RETRY_MAX_MS, "1000");
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    /** Polls until it is so. */
    void await(Predicate<List<Struct>> condition) {
        Awaitility.await("readings, came " + readings())
                .atMost(Duration.ofMinutes(3))
                .pollInSameThread()
                .until(() -> {
                    List<SourceRecord> polled = task.poll();
                    if (polled != null) {
                        records.addAll(polled);
                        polled.forEach(record -> committed.put(record.sourcePartition(), record.sourceOffset()));
                    }
                    return condition.test(readings());
                });
    }

    List<Struct> readings() {
        return on("machine.readings");
    }

    List<Struct> letters() {
        return on("machine.dead-letters");
    }

    private List<Struct> on(String topic) {
        return records.stream()
                .filter(record -> record.topic().equals(topic))
                .map(record -> (Struct) record.value())
                .toList();
    }

    List<Object> values(String sensor) {
        var values = new ArrayList<Object>();
        readings().forEach(reading -> values.add(reading.getMap("values").get(sensor)));
        return values;
    }

    List<List<Object>> flags() {
        return readings().stream().map(reading -> reading.getArray("flags")).toList();
    }

    Map<Map<String, ?>, Map<String, ?>> committed() {
        return committed;
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
