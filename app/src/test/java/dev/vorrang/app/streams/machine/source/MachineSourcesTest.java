package dev.vorrang.app.streams.machine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.settings.ConnectorSource;
import dev.vorrang.schemas.Topics;
import java.util.Map;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineSourcesTest {

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "opcua", "files"})
    void shouldNameAConnectorThatIsThere(String connector) throws Exception {
        var config = config(connector, Map.of("transforms", "none"));

        assertThat(Class.forName(config.get("connector.class"))).hasSuperclass(SourceConnector.class);
        assertThat(config)
                .containsEntry("topic", "hall.machine.readings")
                .containsEntry("dead.letter.topic", "hall.machine.dead-letters")
                .containsEntry("value.converter.schema.registry.url", "http://registry");
    }

    @Test
    void shouldNameASettingThatTheConnectorDoesNotHave() {
        assertThatThrownBy(() -> config("mqtt", Map.of("mqtt.host", "broker", "payload.json.tiem", "/time")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll(
                        "ingest.machines press", "settings.payload.json.tiem", "mqtt", "docs/connectors.md")
                .message()
                .doesNotContain("mqtt.host");
    }

    private static Map<String, String> config(String connector, Map<String, String> settings) {
        return MachineSources.config(
                new ConnectorSource("press", connector, 1, new ClientProperties(settings)),
                new Topics("hall."),
                Map.of("schema.registry.url", "http://registry"));
    }
}
