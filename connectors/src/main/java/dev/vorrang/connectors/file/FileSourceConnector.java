package dev.vorrang.connectors.file;

import dev.vorrang.connectors.plugin.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Reads files of a folder into a topic of {@code SensorReading} records, keyed by machine. How far each was read is kept by Connect,
 * so that each line comes at least once. {@link FileSettings} has the settings.
 */
public final class FileSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();

    /** Made by Connect. */
    public FileSourceConnector() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        new FileSourceConfig(props);
        properties = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return FileSourceTask.class;
    }

    /** A file is read by the task that its name belongs to. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return IntStream.range(0, maxTasks)
                .mapToObj(task -> {
                    Map<String, String> config = new HashMap<>(properties);
                    config.put(FileSettings.SHARE, task + "/" + maxTasks);
                    return config;
                })
                .toList();
    }

    @Override
    public void stop() {
        // The tasks hold all there is to close.
    }

    @Override
    public ConfigDef config() {
        return FileSettings.DEFINITION;
    }
}
