package dev.vorrang.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.TaskRun;
import dev.vorrang.connectors.reading.FieldSettings;
import dev.vorrang.connectors.reading.OrderSettings;
import dev.vorrang.connectors.reading.RecordSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.SourceRecord;
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
                var life = life(config, 1 + random.nextInt(3));
                int had = random.nextInt(life.taken() + 1);
                life.commit(had).readings().forEach(reading -> ids.add(reading.getString("id")));
                records += life.taken();
                twice += life.taken() - had;
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
            life(config(), 2).commit(Integer.MAX_VALUE).readings().forEach(reading -> ids.add(reading.getString("id")));
        }
        assertThat(ids).hasSize(FILES * ROWS).doesNotHaveDuplicates();
    }

    @Test
    void shouldReadOrderLinesForTheTopicsOfDemand() throws Exception {
        Files.writeString(
                folder.resolve("orders.csv"),
                "time,item,shop,quantity\n2026-06-01T10:00:00Z,tea,north,2\n2026-06-01T10:00:00Z,tea,north,2.x\n");
        var config = new HashMap<>(config());
        config.put(OrderSettings.RECORD, "order-line");
        config.put(OrderSettings.LOCATION, "shop");
        config.put(FieldSettings.CSV_MACHINE, "item");

        TaskRun life = life(config, 2);

        assertThat(life.on("demand.observed")).singleElement().satisfies(order -> {
            assertThat(order.getString("item")).isEqualTo("tea");
            assertThat(order.getString("location")).isEqualTo("north");
            assertThat(order.getFloat64("quantity")).isEqualTo(2);
        });
        assertThat(life.records())
                .filteredOn(record -> record.topic().equals("demand.observed"))
                .extracting(SourceRecord::key)
                .containsExactly("tea@north");
        assertThat(life.on("demand.dead-letters"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getString("message")).startsWith("value of quantity '2.x'"));
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

    private TaskRun life(Map<String, String> config, int polls) throws InterruptedException {
        try (var run = new TaskRun(new FileSourceTask(), config, committed)) {
            for (int poll = 0; poll < polls; poll++) {
                run.poll();
            }
            return run;
        }
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
}
