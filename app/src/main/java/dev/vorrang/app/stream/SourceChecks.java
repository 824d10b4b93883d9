package dev.vorrang.app.stream;

import dev.vorrang.app.kit.Check;
import dev.vorrang.app.kit.ServerAddress;
import dev.vorrang.app.kit.Source;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.ConnectorSource;
import dev.vorrang.connectors.mqtt.MqttSettings;
import dev.vorrang.connectors.opcua.OpcUaSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at sources that connectors read: their settings, and whether their server takes a connection. */
public final class SourceChecks {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MQTT_PORT = 1883;
    private static final int MQTT_TLS_PORT = 8883;
    private static final int OPCUA_PORT = 4840;

    private SourceChecks() {}

    /**
     * A check for each source.
     *
     * @param what the sources read, a word: the end of the name of their section
     * @param config settings of the connector that reads a source; fails if it does not take them
     */
    public static List<Supplier<Check>> of(
            String what, List<ConnectorSource> sources, Function<ConnectorSource, Map<String, String>> config) {
        return sources.stream()
                .<Supplier<Check>>map(source -> () -> check(what, source, config))
                .toList();
    }

    private static Check check(
            String what, ConnectorSource source, Function<ConnectorSource, Map<String, String>> config) {
        var named = source.name() + " (" + source.connector() + ")";
        Optional<ServerAddress> server;
        try {
            var its = new Source(what, source.name(), named, config.apply(source));
            SourceConnectors.check(its);
            server = server(source.connector(), its.config());
        } catch (CommandFailedException e) {
            return Check.bad(what, e.getMessage(), "docs/connectors.md has the settings of each connector");
        }
        if (server.isEmpty()) {
            return Check.good(what, named + "; settings are right");
        }
        return server.get()
                .problem(LIMIT)
                .map(problem ->
                        Check.bad(what, named + ": " + problem, "check host and port of the source, and the network"))
                .orElseGet(() ->
                        Check.good(what, named + "; settings are right, " + server.get() + " takes a connection"));
    }

    /** The server of a source; a folder has none. */
    private static Optional<ServerAddress> server(String connector, Map<String, String> config) {
        return switch (connector) {
            case SourceConnectors.MQTT -> Optional.of(mqtt(MqttSettings.DEFINITION.parse(config)));
            case SourceConnectors.OPCUA -> Optional.of(opcUa(URI.create(config.get(OpcUaSettings.ENDPOINT))));
            default -> Optional.empty();
        };
    }

    private static ServerAddress mqtt(Map<String, Object> settings) {
        int port = (int) settings.get(MqttSettings.PORT);
        boolean plain = "none".equalsIgnoreCase((String) settings.get(MqttSettings.SECURITY));
        int usual = plain ? MQTT_PORT : MQTT_TLS_PORT;
        return new ServerAddress((String) settings.get(MqttSettings.HOST), port == 0 ? usual : port);
    }

    private static ServerAddress opcUa(URI endpoint) {
        return new ServerAddress(endpoint.getHost(), endpoint.getPort() < 0 ? OPCUA_PORT : endpoint.getPort());
    }
}
