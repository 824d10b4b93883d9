package dev.vorrang.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.reading.RecordSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector and its tasks in the place of a worker: the test says which records Kafka has. */
class FileSourceTest {

    private static final int FILES = 20;
    private static final int ROWS = 500;

    @TempDir
    private Path folder;

    private final Map<Map<String, ?>, Map<String, ?>> committed = new HashMap<>();

    @Test
    void shouldLoseNoLineWhateverKafkaHasWhenItEnds() throws Exception {
        write();
        var random = new Random(1);
        var ids = new HashSet<String>();
        int records = 0;
        int twice = 0;
        while (ids.size() < FILES * ROWS) {
            var connector = new FileSourceConnector();
            connector.start(config());
            for (Map<String, String> config : connector.taskConfigs(3)) {
                List<SourceRecord> taken = life(config, 1 + random.nextInt(3));
                int had = random.nextInt(taken.size() + 1);
                for (SourceRecord record : taken.subList(0, had)) {
                    committed.put(new HashMap<>(record.sourcePartition()), record.sourceOffset());
                }
                taken.forEach(record -> ids.add(((Struct) record.value()).getString("id")));
                records += taken.size();
                twice += taken.size() - had;
            }
        }
        assertThat(ids).hasSize(FILES * ROWS);
        assertThat(records - ids.size()).as("came twice").isLessThanOrEqualTo(twice);
    }

    @Test
    void shouldReadEachLineOnceWhenItEndsInOrder() throws Exception {
        write();
        var ids = new ArrayList<String>();
        for (int life = 0; life < 100 && ids.size() < FILES * ROWS; life++) {
            for (SourceRecord record : life(config(), 2)) {
                committed.put(new HashMap<>(record.sourcePartition()), record.sourceOffset());
                ids.add(((Struct) record.value()).getString("id"));
            }
        }
        assertThat(ids).hasSize(FILES * ROWS).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameWhatIsWrongWithItsSettings() {
        var config = new HashMap<>(config());
        config.put(FileSettings.FOLDER, "no/such/folder");
        config.put(FileSettings.GLOB, "*.{csv");
        config.put(RecordSettings.BATCH_SIZE, "0");
        assertThat(new FileSourceConnector().validate(config).configValues())
                .filteredOn(value -> !value.errorMessages().isEmpty())
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrder(FileSettings.FOLDER, FileSettings.GLOB, RecordSettings.BATCH_SIZE);
    }

    private List<SourceRecord> life(Map<String, String> config, int polls) throws InterruptedException {
        var task = new FileSourceTask();
        task.initialize(new Context(config, committed));
        task.start(config);
        var taken = new ArrayList<SourceRecord>();
        for (int poll = 0; poll < polls; poll++) {
            List<SourceRecord> polled = task.poll();
            if (polled != null) {
                taken.addAll(polled);
            }
        }
        task.stop();
        return taken;
    }

    private Map<String, String> config() {
        return Map.of(
                FileSettings.FOLDER,
                folder.toString(),
                RecordSettings.BATCH_SIZE,
                "300",
                FileSettings.POLL_MS,
                "10",
                "payload.csv.time",
                "time");
    }

    private void write() throws IOException {
        for (int file = 0; file < FILES; file++) {
            var rows = new StringBuilder("time,heat\n");
            for (int row = 0; row < ROWS; row++) {
                rows.append("2026-06-01T10:00:00Z,").append(row).append('\n');
            }
            Files.writeString(folder.resolve("press-" + file + ".csv"), rows);
        }
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
