package dev.vorrang.app.worker;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.connector.Connector;

/** What a connector says of settings before it is started, as a Connect cluster asks it. */
public final class ConnectorProblems {

    private ConnectorProblems() {}

    /**
     * What is wrong with each setting by itself and together with others, a sentence each; none if the connector takes them.
     *
     * @param type class of the connector
     * @param config its settings
     */
    public static List<String> of(Class<?> type, Map<String, String> config) {
        try {
            var connector = (Connector) type.getDeclaredConstructor().newInstance();
            return connector.validate(config).configValues().stream()
                    .flatMap(value -> value.errorMessages().stream())
                    .distinct()
                    .toList();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is no connector that can be made", e);
        }
    }
}
