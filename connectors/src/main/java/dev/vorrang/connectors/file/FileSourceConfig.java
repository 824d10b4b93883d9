package dev.vorrang.connectors.file;

import dev.vorrang.connectors.reading.FieldSettings;
import dev.vorrang.ingest.file.FolderReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the file source, as typed values. {@link FileSettings} has their names and what is allowed. */
final class FileSourceConfig extends AbstractConfig {

    private final int task;
    private final int tasks;

    /**
     * @param properties as Connect gives them
     * @throws ConfigException if a setting is missing or wrong
     */
    FileSourceConfig(Map<String, String> properties) {
        super(FileSettings.DEFINITION, properties, false);
        String[] share = getString(FileSettings.SHARE).split("/");
        task = Integer.parseInt(share[0]);
        tasks = Integer.parseInt(share[1]);
    }

    /** The folder, as an absolute path: offsets are kept by it. */
    Path folder() {
        return Path.of(getString(FileSettings.FOLDER).strip()).toAbsolutePath();
    }

    /** Number of the task, from 0. */
    int task() {
        return task;
    }

    /** Time between two looks for new files and lines. */
    Duration poll() {
        return Duration.ofMillis(getLong(FileSettings.POLL_MS));
    }

    /** What is read, and how. */
    FolderReader.Plan plan() {
        return new FolderReader.Plan(
                folder(),
                getString(FileSettings.GLOB),
                name -> Math.floorMod(name.hashCode(), tasks) == task,
                FieldSettings.csv(this),
                FieldSettings.json(this),
                Duration.ofMillis(getLong(FileSettings.SETTLED_MS)));
    }
}
