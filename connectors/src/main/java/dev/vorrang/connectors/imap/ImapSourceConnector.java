package dev.vorrang.connectors.imap;

import dev.vorrang.connectors.plugin.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.util.ConnectorUtils;

/**
 * Reads the folders of a mailbox into a topic of {@code EmailMessage} records, keyed by thread. The mailbox stays as it is.
 * Every mail comes at least once; a mail that comes again has the same id. {@link ImapSettings} has the settings.
 */
public final class ImapSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();
    private List<String> folders = List.of();

    /** Made by Connect. */
    public ImapSourceConnector() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        folders = new ImapSourceConfig(props).folders();
        properties = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ImapSourceTask.class;
    }

    /** The folders, spread over at most {@code maxTasks} tasks. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        var configs = new ArrayList<Map<String, String>>();
        for (var group : ConnectorUtils.groupPartitions(folders, Math.min(maxTasks, folders.size()))) {
            var config = new HashMap<>(properties);
            config.put(ImapSettings.FOLDERS, String.join(",", group));
            configs.add(config);
        }
        return configs;
    }

    @Override
    public void stop() {
        // The tasks hold all there is to close.
    }

    @Override
    public ConfigDef config() {
        return ImapSettings.DEFINITION;
    }

    /** Names every setting that is wrong, also those that are so only together with another. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return ImapSourceConfig.problems(connectorConfigs).addTo(super.validate(connectorConfigs));
    }
}
