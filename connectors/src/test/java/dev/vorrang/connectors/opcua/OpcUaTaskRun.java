package dev.vorrang.connectors.opcua;

import dev.vorrang.connectors.TaskRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.awaitility.Awaitility;

/** One life of the OPC UA task, every record of it committed. */
final class OpcUaTaskRun extends TaskRun {

    OpcUaTaskRun(Map<String, String> config) {
        this(config, Map.of());
    }

    OpcUaTaskRun(Map<String, String> config, Map<Map<String, ?>, Map<String, ?>> committed) {
        super(new OpcUaSourceTask(), config, new HashMap<>(committed));
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
                    poll();
                    commit(Integer.MAX_VALUE);
                    return condition.test(readings());
                });
    }

    List<Object> values(String sensor) {
        var values = new ArrayList<Object>();
        readings().forEach(reading -> values.add(reading.getMap("values").get(sensor)));
        return values;
    }

    List<List<Object>> flags() {
        return readings().stream().map(reading -> reading.getArray("flags")).toList();
    }
}
