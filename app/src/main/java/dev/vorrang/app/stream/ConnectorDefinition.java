package dev.vorrang.app.stream;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.worker.ConnectorProblems;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * A connector that the settings name by a word.
 *
 * @param settings its own
 * @param type its class
 * @param override beginning of settings of the client that Connect has for it
 */
record ConnectorDefinition(ConfigDef settings, Class<?> type, String override) {

    /** Beginnings of settings that every connector has. */
    private static final List<String> OF_CONNECT =
            List.of("transforms", "predicates", "errors.", "header.converter", "config.action.");

    /** Writes topics. */
    static ConnectorDefinition source(ConfigDef settings, Class<?> type) {
        return new ConnectorDefinition(settings, type, "producer.override.");
    }

    /** Reads topics. */
    static ConnectorDefinition sink(ConfigDef settings, Class<?> type) {
        return new ConnectorDefinition(settings, type, "consumer.override.");
    }

    /**
     * Connect itself leaves out what it does not know, so that a slip of the pen would do nothing.
     *
     * @param where the settings stand
     * @param word for the connector
     * @throws CommandFailedException if it has no such setting
     */
    void checkNames(String where, ClientProperties properties, String word) {
        var known = settings.names();
        var unknown = properties.values().keySet().stream()
                .filter(name -> !known.contains(name)
                        && !name.startsWith(override)
                        && OF_CONNECT.stream().noneMatch(name::startsWith))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw CommandFailedException.wrongUsage(where + ": settings." + String.join(", settings.", unknown)
                    + ": there is no such setting; allowed are those of " + word + " in docs/connectors.md");
        }
    }

    /** @throws CommandFailedException if it does not take a value, by itself or together with others */
    void checkValues(String where, Map<String, String> values) {
        var problems = ConnectorProblems.of(type, values);
        if (!problems.isEmpty()) {
            throw CommandFailedException.wrongUsage(where + ": " + String.join("; ", problems));
        }
    }
}
