package dev.vorrang.connectors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.connector.Connector;

/** Configurations of connectors in tests, and what Connect is told of them. */
public final class ConnectorConfigs {

    private ConnectorConfigs() {}

    /** A configuration with further settings, as names and values in turn. */
    public static Map<String, String> with(Map<String, String> config, String... more) {
        var settings = new HashMap<>(config);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** The settings that are wrong, with why. */
    public static Map<String, List<String>> errors(Connector connector, Map<String, String> config) {
        var errors = new TreeMap<String, List<String>>();
        connector.validate(config).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> errors.put(value.name(), value.errorMessages()));
        return errors;
    }
}
