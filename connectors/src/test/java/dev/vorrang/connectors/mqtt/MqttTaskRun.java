package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.TaskRun;
import java.util.List;
import java.util.Map;

/** One life of the MQTT task. */
final class MqttTaskRun extends TaskRun {

    MqttTaskRun(Map<String, String> config, Map<Map<String, ?>, Map<String, ?>> committed) {
        super(new MqttSourceTask(), config, committed);
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
}
