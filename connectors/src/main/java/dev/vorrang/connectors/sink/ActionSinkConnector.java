package dev.vorrang.connectors.sink;

import dev.vorrang.connectors.plugin.Version;
import dev.vorrang.connectors.settings.SettingProblems;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.connect.sink.SinkConnector;

/** Starts the tasks of a sink of actions, all with the same settings: Connect spreads the partitions over them. */
public abstract class ActionSinkConnector extends SinkConnector {

    private Map<String, String> properties = Map.of();

    /** Settings that are wrong together with others, delivery and dead letters left aside. */
    protected abstract SettingProblems problems(Map<String, String> properties);

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        // Names what Connect would have found wrong, had it been asked.
        config().parse(props);
        allProblems(props).check();
        properties = Map.copyOf(props);
    }

    private SettingProblems allProblems(Map<String, String> props) {
        var problems = problems(props);
        DeliverySettings.check(problems);
        return problems;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {
        // The tasks hold all there is to close.
    }

    /** Names every setting that is wrong, also those that are so only together with another. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return allProblems(connectorConfigs).addTo(super.validate(connectorConfigs));
    }
}
