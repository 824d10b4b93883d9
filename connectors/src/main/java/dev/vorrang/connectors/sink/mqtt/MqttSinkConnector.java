package dev.vorrang.connectors.sink.mqtt;

import dev.vorrang.connectors.mqtt.MqttSettings;
import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.connectors.sink.ActionSinkConnector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/**
 * Sends actions as MQTT messages, retained or not: to a lamp, a display, a machine. Each comes at least once, with the action's id in
 * the usual payload. {@link MqttSinkSettings} has the settings.
 */
public final class MqttSinkConnector extends ActionSinkConnector {

    /** Made by Connect. */
    public MqttSinkConnector() {}

    @Override
    public Class<? extends Task> taskClass() {
        return MqttSinkTask.class;
    }

    /** Each task has a client id of its own. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        if (maxTasks == 1) {
            return super.taskConfigs(1);
        }
        var configs = new ArrayList<Map<String, String>>();
        for (var common : super.taskConfigs(maxTasks)) {
            var task = new HashMap<>(common);
            task.put(MqttSettings.CLIENT_ID, common.get(MqttSettings.CLIENT_ID) + "-" + configs.size());
            configs.add(task);
        }
        return configs;
    }

    @Override
    public ConfigDef config() {
        return MqttSinkSettings.DEFINITION;
    }

    @Override
    protected SettingProblems problems(Map<String, String> properties) {
        return MqttSinkConfig.problems(properties);
    }
}
