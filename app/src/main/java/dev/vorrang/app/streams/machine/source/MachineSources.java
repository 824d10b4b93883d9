package dev.vorrang.app.streams.machine.source;

import dev.vorrang.app.settings.ConnectorSource;
import dev.vorrang.app.settings.SourceSection;
import dev.vorrang.app.stream.SourceConnectors;
import dev.vorrang.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sources of sensor readings. */
public final class MachineSources {

    /** Where they are listed. */
    public static final SourceSection<ConnectorSource> SECTION = ConnectorSource.section(
            "ingest.machines",
            "Sources of sensor readings",
            connectors(),
            "hall-3",
            List.of(
                    "mqtt.host: broker.example.org",
                    "mqtt.client.id: vorrang-hall-3",
                    "mqtt.filters: plant/+/readings",
                    "payload.topic.template: \"plant/{machine}/readings\"",
                    "payload.json.time: /time",
                    "payload.json.values: /values"));

    private MachineSources() {}

    private static Map<String, String> connectors() {
        var connectors = new LinkedHashMap<String, String>();
        connectors.put(SourceConnectors.MQTT, "topics of a broker");
        connectors.put(SourceConnectors.OPCUA, "nodes of a server");
        connectors.put(SourceConnectors.FILES, "in a folder");
        return connectors;
    }

    /** Settings of the connector that reads a source. They may hold secrets: for Connect alone. */
    public static Map<String, String> config(ConnectorSource source, Topics names, Map<String, String> registry) {
        return SourceConnectors.config(
                SECTION, source, names.machineReadings(), names.machineDeadLetters(), Map.of(), registry);
    }
}
